import { connect } from 'node:net'
import { until } from './until.ts'

/** A bare TCP connection, for what no HTTP client would send. Close it when done. */
export interface RawConnection {
  /** Everything that came so far; a character for each byte. */
  text(): string
  send(bytes: string | Buffer): void
  /** Resolves once what came passes `test`; rejects at the deadline. */
  waitFor(test: (text: string) => boolean, what: string, deadlineMs?: number): Promise<void>
  /** Resolves with everything that came, once the other side has ended or cut the connection. */
  readonly ended: Promise<string>
  close(): void
}

/** Opens a connection to the server and sends `bytes` as its first packet. */
export function openRaw(server: { port: number }, bytes: string | Buffer = ''): RawConnection {
  const socket = connect(server.port, '127.0.0.1')
  let received = ''
  socket.setEncoding('latin1').on('data', (text: string) => (received += text))
  // A cut by the other side is one of the answers that tests look at.
  socket.on('error', () => undefined)
  const ended = new Promise<string>((resolve) => socket.on('close', () => resolve(received)))
  socket.write(bytes)
  return {
    text: () => received,
    send: (more) => void socket.write(more),
    waitFor: async (test, what, deadlineMs = 5000) => void (await until(() => test(received), { what, deadlineMs })),
    ended,
    close: () => socket.destroy(),
  }
}

/** Parts an answer's head from its body. */
export function splitHead(answer: string): { head: string; body: string } {
  const end = answer.indexOf('\r\n\r\n')
  return { head: answer.slice(0, end), body: answer.slice(end + 4) }
}

/** Joins the chunks of a chunked body (RFC 9112 §7.1); throws where it is not well-formed. */
export function joinChunks(body: string): { text: string; whole: boolean } {
  let text = ''
  for (let rest = body; rest !== '';) {
    const head = /^([0-9a-f]+)\r\n/.exec(rest)
    if (!head) throw new Error(`no chunk begins with ${JSON.stringify(rest.slice(0, 40))}`)
    const size = Number.parseInt(head[1]!, 16)
    const chunk = rest.slice(head[0].length, head[0].length + size)
    if (rest.slice(head[0].length + size, head[0].length + size + 2) !== '\r\n') throw new Error('a chunk has no end')
    if (size === 0) return { text, whole: true }
    text += chunk
    rest = rest.slice(head[0].length + size + 2)
  }
  return { text, whole: false }
}
