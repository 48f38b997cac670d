import express from 'express'

/* The broadcast that tutorials show: a loop of response.write. */

const app = express()
const readers = new Set()
app.use(express.json())
app.get('/api/events', (request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' })
  response.write('data: {"type":"connected"}\n\n')
  readers.add(response)
  request.on('close', () => readers.delete(response))
})
app.post('/api/broadcast', (request, response) => {
  for (const reader of readers) reader.write(`data: ${JSON.stringify(request.body)}\n\n`)
  response.json({})
})
app.listen(Number(process.env.PORT), '127.0.0.1', 4096)
