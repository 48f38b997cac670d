import { createChannel, createSession } from 'better-sse'
import express from 'express'

const app = express()
const channel = createChannel()
app.use(express.json())
app.get('/api/events', async (request, response) => {
  channel.register(await createSession(request, response))
})
app.post('/api/broadcast', (request, response) => {
  channel.broadcast(request.body, 'message')
  response.json({})
})
app.listen(Number(process.env.PORT), '127.0.0.1', 4096)
