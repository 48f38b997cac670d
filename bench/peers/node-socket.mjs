import { createServer } from 'node:net'

/* The least that Node can do: no HTTP to speak of, no JSON, no log; one ready-made buffer to each socket. */

const STREAM = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n'
const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'
const readers = new Set()

function lengthOf(head) {
  return Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0)
}

const server = createServer({ noDelay: true }, (socket) => {
  let text = ''
  socket.setEncoding('latin1').on('data', (bytes) => {
    text += bytes
    const end = text.indexOf('\r\n\r\n') + 4
    if (end < 4 || text.length < end + lengthOf(text.slice(0, end))) return
    if (text.startsWith('GET')) {
      readers.add(socket)
      socket.write(STREAM)
    } else {
      const message = Buffer.from(`data: ${text.slice(end)}\n\n`)
      for (const reader of readers) reader.write(message)
      socket.write(ANSWER)
    }
    text = ''
  })
  socket.on('close', () => readers.delete(socket)).on('error', () => undefined)
})
server.listen(Number(process.env.PORT), '127.0.0.1', 4096)
