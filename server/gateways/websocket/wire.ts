import { nextWireIndex, type Outgoing, type Wire } from '../../hub/wire.ts'

/** First byte of a whole frame: FIN and the opcode (RFC 6455 §5.2). */
const TEXT = 0x81
const PING = 0x89

const PING_FRAME = Buffer.from([PING, 0])

/** The frames of a server are not masked, so that all connections share the same bytes (RFC 6455 §5.1). */
class WebSocketWire implements Wire {
  readonly index = nextWireIndex()
  #beat: { id: string; bytes: Buffer } | null = null

  messages(messages: readonly Outgoing[]): Buffer {
    if (messages.length === 1) return textFrame(messages[0]!.json)
    const lengths = messages.map(({ json }) => Buffer.byteLength(json))
    const total = lengths.reduce((sum, length) => sum + headLength(length) + length, 0)
    const bytes = Buffer.allocUnsafe(total)
    let at = 0
    for (const [i, { json }] of messages.entries()) at = writeFrame(bytes, at, json, lengths[i]!)
    return bytes
  }

  /** The time to reconnect stands in the frames that have one; `id` goes into the object, as that of a message does. */
  frame(frame: object, { id }: { id?: string } = {}): Buffer {
    return textFrame(JSON.stringify(id === undefined ? frame : { ...frame, id }))
  }

  /** A ping, which browsers answer and do not show, and a `pong` that moves the position and that they do show. */
  heartbeat(id: string | null): Buffer {
    if (id === null) return PING_FRAME
    if (this.#beat?.id !== id) this.#beat = { id, bytes: Buffer.concat([PING_FRAME, this.position(id)]) }
    return this.#beat.bytes
  }

  position(id: string): Buffer {
    return textFrame(`{"type":"pong","id":"${id}"}`)
  }

  texts(bytes: Buffer): string[] {
    const texts: string[] = []
    for (let at = 0; at < bytes.length;) {
      const { begin, end } = spanAt(bytes, at)
      if (bytes[at] === TEXT) texts.push(bytes.toString('utf8', begin, end))
      at = end
    }
    return texts
  }
}

/** The form for WebSocket: each message is one text frame, and what is sent together is one buffer. */
export const webSocketWire: Wire = new WebSocketWire()

/** Tells whether bytes that the wire made are a heartbeat. */
export function isHeartbeat(bytes: Buffer): boolean {
  return bytes[0] === PING
}

/** Encodes one text frame. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const bytes = Buffer.allocUnsafe(headLength(length) + length)
  writeFrame(bytes, 0, text, length)
  return bytes
}

function headLength(length: number): number {
  if (length < 126) return 2
  return length < 65_536 ? 4 : 10
}

/** Finds where the payload of the frame at `at` begins and ends. */
function spanAt(bytes: Buffer, at: number): { begin: number; end: number } {
  const short = bytes[at + 1]!
  const length =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
  const begin = at + headLength(length)
  return { begin, end: begin + length }
}

/** Writes a frame at `at`; returns where it ends. */
function writeFrame(bytes: Buffer, at: number, text: string, length: number): number {
  const begin = at + headLength(length)
  bytes[at] = TEXT
  if (length < 126) bytes[at + 1] = length
  else if (length < 65_536) {
    bytes[at + 1] = 126
    bytes.writeUInt16BE(length, at + 2)
  } else {
    bytes[at + 1] = 127
    bytes.writeBigUInt64BE(BigInt(length), at + 2)
  }
  bytes.write(text, begin)
  return begin + length
}
