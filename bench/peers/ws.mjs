import { createServer } from 'node:http'
import express from 'express'
import { WebSocketServer } from 'ws'

const app = express()
const server = createServer(app)
const sockets = new WebSocketServer({ server })
app.use(express.json())
app.post('/api/broadcast', (request, response) => {
  const text = JSON.stringify(request.body)
  for (const socket of sockets.clients) socket.send(text)
  response.json({})
})
server.listen(Number(process.env.PORT), '127.0.0.1', 4096)
