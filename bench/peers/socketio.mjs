import { createServer } from 'node:http'
import express from 'express'
import { Server } from 'socket.io'

const app = express()
const server = createServer(app)
const io = new Server(server, { serveClient: false, transports: ['websocket'] })
app.use(express.json())
app.post('/api/broadcast', (request, response) => {
  io.emit('message', request.body)
  response.json({})
})
server.listen(Number(process.env.PORT), '127.0.0.1', 4096)
