import { connect, type Socket } from 'node:net'

/*
 * Opens many event streams over plain sockets and reads them, in a process of its own.
 * Arguments: port, count, channels. Prints `open <count>` once all are open, and ends with its standard input.
 */

const [port = 0, count = 0, channels = 1] = process.argv.slice(2).map(Number)
/** So many at once: the server's backlog is not endless. */
const AT_ONCE = 200

const sockets: Socket[] = []

function open(index: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    sockets.push(socket)
    const path = `/api/events?channel=public/orders/${index % channels}`
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nUser-Agent: reader-${index}\r\n\r\n`)
    socket.once('data', (head) => {
      if (head.toString('latin1').startsWith('HTTP/1.1 200')) resolve()
      else reject(new Error(head.toString('latin1', 0, 200)))
    })
    socket.once('error', reject)
    socket.resume()
  })
}

for (let at = 0; at < count; at += AT_ONCE) {
  const indexes = Array.from({ length: Math.min(AT_ONCE, count - at) }, (_, i) => at + i)
  await Promise.all(indexes.map(open))
}
process.stdout.write(`open ${sockets.length}\n`)
process.stdin.resume()
process.stdin.once('end', () => process.exit(0))
