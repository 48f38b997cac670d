import { nextWireIndex, type Outgoing, type Wire } from '../../hub/wire.ts'

const DATA = 'data: '

/**
 * Writes the event stream format (WHATWG HTML §9.2.5). JSON text holds no line break, so one `data:` line takes a
 * whole message, and ids are made of letters, digits and a dot: nothing a publisher writes can end or add a field.
 */
class SseWire implements Wire {
  readonly index = nextWireIndex()
  readonly #frame: (text: string) => Buffer

  constructor(frame: (text: string) => Buffer) {
    this.#frame = frame
  }

  messages(messages: readonly Outgoing[]): Buffer {
    let text = ''
    for (const { id, json } of messages) text += id === null ? `data: ${json}\n\n` : `id: ${id}\ndata: ${json}\n\n`
    return this.#frame(text)
  }

  frame(frame: object, { id, retryMs }: { id?: string; retryMs?: number } = {}): Buffer {
    const retry = retryMs === undefined ? '' : `retry: ${retryMs}\n`
    const position = id === undefined ? '' : `id: ${id}\n`
    return this.#frame(`${retry}${position}data: ${JSON.stringify(frame)}\n\n`)
  }

  heartbeat(id: string | null): Buffer {
    return this.#frame(id === null ? ':\n\n' : `:\nid: ${id}\n\n`)
  }

  /** An `id:` line without data updates the client's last event ID and dispatches nothing (WHATWG HTML §9.2.6). */
  position(id: string): Buffer {
    return this.#frame(`id: ${id}\n\n`)
  }

  texts(bytes: Buffer): string[] {
    const lines = bytes.toString().split('\n')
    return lines.filter((line) => line.startsWith(DATA)).map((line) => line.slice(DATA.length))
  }
}

/** Up to here it costs less to join texts than to write them into a buffer one by one. */
const SMALL_BYTES = 4096

/** The form for HTTP/1.1: each buffer is one chunk of a chunked body (RFC 9112 §7.1). */
export const chunkedWire: Wire = new SseWire((text) => {
  const length = Buffer.byteLength(text)
  if (length < SMALL_BYTES) return Buffer.from(`${length.toString(16)}\r\n${text}\r\n`)
  const head = `${length.toString(16)}\r\n`
  const buffer = Buffer.allocUnsafe(head.length + length + 2)
  buffer.write(head, 'latin1')
  buffer.write(text, head.length)
  buffer.write('\r\n', head.length + length, 'latin1')
  return buffer
})

/** The form for HTTP/1.0, which knows no chunks: the body ends with the connection. */
export const plainWire: Wire = new SseWire((text) => Buffer.from(text))

/** Ends a chunked body. */
export const LAST_CHUNK = Buffer.from('0\r\n\r\n')
