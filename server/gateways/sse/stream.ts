import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Sink, Wire } from '../../hub/wire.ts'
import { Greetings } from './greetings.ts'
import { letGo, share } from './let-go.ts'
import type { TcpLink } from './link.ts'
import { chunkedWire, LAST_CHUNK, plainWire } from './wire.ts'

/** How long a closing stream may take to bring out its last bytes, in milliseconds. */
const CLOSE_GRACE_MS = 3000

/** Headers of every event stream; the last one keeps nginx from buffering it. */
const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
  'X-Content-Type-Options': 'nosniff',
  'X-Accel-Buffering': 'no',
}

/** An open response body that events are written to. */
export interface Stream {
  wire: Wire
  sink: Sink
  /** To be called once the connection that it was opened for has its first frame, or waits for it. */
  opened(): void
  /** Lets what was written go out, then closes. */
  end(): void
  /** Calls `listener` once the client or the network has closed it. */
  onGone(listener: () => void): void
}

/**
 * Sends the head of the response and returns where its events go: the socket itself, to which ready-made chunks are
 * written, so that all connections share the same bytes. Unless `raw`, events go through the response.
 */
export function openStream(req: IncomingMessage, res: ServerResponse, raw: boolean): Stream {
  const { socket } = req
  gather(socket)
  res.writeHead(200, HEADERS)
  res.flushHeaders()
  // A pipelined request waits behind an earlier answer and has no socket yet; Node frames and keeps its writes.
  if (!raw || res.socket !== socket) return new ResponseStream(req, res)
  const wire = res.chunkedEncoding ? chunkedWire : plainWire
  return new SocketStream(socket, wire, (onGone) => letGo(res, socket, onGone))
}

/** The same on a link whose request no HTTP server has read: an HTTP/1.1 one, kept alive. */
export function openOnLink(link: TcpLink, fields: readonly string[]): Stream {
  link.hold()
  link.write(fields.length === 0 ? usualHead() : headWith(fields))
  return new LinkStream(link)
}

/** What is written in this turn, the head and the first frame, leaves in one packet. */
function gather(socket: Socket): void {
  socket.cork()
  process.nextTick(uncork, socket)
}

const USUAL_FIELDS = Object.entries({ ...HEADERS, Connection: 'keep-alive', 'Transfer-Encoding': 'chunked' })
let usual: { second: number; bytes: Buffer } = { second: 0, bytes: Buffer.alloc(0) }

/** A head as Node would write it, made once a second for the thousands that come after a restart. */
function usualHead(): Buffer {
  const second = Math.floor(Date.now() / 1000)
  if (usual.second !== second) usual = { second, bytes: headWith([]) }
  return usual.bytes
}

function headWith(fields: readonly string[]): Buffer {
  const own = USUAL_FIELDS.map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(['HTTP/1.1 200 OK', ...own, `Date: ${new Date().toUTCString()}`, ...fields, '', ''].join('\r\n'))
}

function uncork(socket: Socket): void {
  socket.uncork()
}

const greetings = new Greetings()

/** A stream on a link. */
class LinkStream implements Stream {
  readonly wire = chunkedWire
  readonly sink: TcpLink

  constructor(link: TcpLink) {
    this.sink = link
  }

  opened(): void {
    greetings.letGo(this.sink)
  }

  end(): void {
    this.sink.write(LAST_CHUNK)
    this.sink.end()
  }

  onGone(listener: () => void): void {
    this.sink.onGone = listener
  }
}

/** A stream that is written to its socket. */
class SocketStream implements Stream {
  readonly wire: Wire
  readonly sink: Socket
  #listen: ((onGone: () => void) => void) | null

  /** `listen` is called once, and calls back when the socket has closed. */
  constructor(socket: Socket, wire: Wire, listen: (onGone: () => void) => void) {
    this.wire = wire
    this.sink = socket
    this.#listen = listen
  }

  opened(): void {}

  end(): void {
    const socket = this.sink
    if (socket.destroyed) return
    if (socket.writable && this.wire === chunkedWire) socket.write(LAST_CHUNK)
    socket.end()
    destroyLater(socket)
  }

  onGone(listener: () => void): void {
    this.#listen?.(listener)
    // It may hold a request and its response.
    this.#listen = null
  }
}

/** A stream that Node frames, through its response. */
class ResponseStream implements Stream {
  readonly wire = plainWire
  readonly sink: ServerResponse
  readonly #req: IncomingMessage

  constructor(req: IncomingMessage, res: ServerResponse) {
    share(req.socket)
    this.#req = req
    this.sink = res
  }

  end(): void {
    const { socket } = this.#req
    this.sink.end(() => socket.end())
    destroyLater(socket)
  }

  opened(): void {}

  onGone(listener: () => void): void {
    this.#req.socket.once('close', listener)
  }
}

/** Answers HEAD: the head of a stream without one. */
export function sendHead(res: ServerResponse): void {
  res.writeHead(200, HEADERS).end()
}

function destroyLater(socket: Socket): void {
  if (socket.destroyed) return
  const timer = setTimeout(() => socket.destroy(), CLOSE_GRACE_MS)
  timer.unref()
  socket.once('close', () => clearTimeout(timer))
}
