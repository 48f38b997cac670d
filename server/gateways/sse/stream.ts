import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Sink, Wire } from '../../hub/wire.ts'
import { letGo } from './let-go.ts'
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
  /** Lets what was written go out, then closes. */
  end(): void
  /** Calls `listener` once the client or the network has closed it. */
  onGone(listener: () => void): void
}

/**
 * Sends the head of the response and returns where its events go: the socket itself, to which ready-made chunks are
 * written, so that all connections share the same bytes.
 */
export function openStream(req: IncomingMessage, res: ServerResponse): Stream {
  const { socket } = req
  // What is written in this turn, the head and the first frame, leaves in one packet.
  socket.cork()
  process.nextTick(uncork, socket)
  if (isUsual(req, res)) {
    socket.write(usualHead())
    return new SocketStream(res, socket, chunkedWire)
  }
  res.writeHead(200, HEADERS)
  res.flushHeaders()
  // A pipelined request waits behind an earlier answer and has no socket yet; Node frames and keeps its writes.
  if (res.socket !== socket) return new ResponseStream(req, res)
  return new SocketStream(res, socket, res.chunkedEncoding ? chunkedWire : plainWire)
}

/** Tells whether Node would send the usual head: over HTTP/1.1, kept alive, first in line, and nothing added to it. */
function isUsual(req: IncomingMessage, res: ServerResponse): boolean {
  return (
    res.socket === req.socket &&
    req.httpVersionMinor === 1 &&
    res.shouldKeepAlive &&
    res.sendDate &&
    res.getHeaderNames().length === 0
  )
}

const USUAL_HEADERS = Object.entries({ ...HEADERS, Connection: 'keep-alive', 'Transfer-Encoding': 'chunked' })
let head = { second: 0, bytes: Buffer.alloc(0) }

/** The head as Node would write it, made once a second for the thousands that come after a restart. */
function usualHead(): Buffer {
  const second = Math.floor(Date.now() / 1000)
  if (head.second !== second) {
    const lines = [...USUAL_HEADERS, ['Date', new Date().toUTCString()]].map(([name, value]) => `${name}: ${value}\r\n`)
    head = { second, bytes: Buffer.from(`HTTP/1.1 200 OK\r\n${lines.join('')}\r\n`) }
  }
  return head.bytes
}

function uncork(socket: Socket): void {
  socket.uncork()
}

/** A stream that is written to its socket; request and response are let go. */
class SocketStream implements Stream {
  readonly wire: Wire
  readonly sink: Socket
  #res: ServerResponse | null

  constructor(res: ServerResponse, socket: Socket, wire: Wire) {
    this.wire = wire
    this.sink = socket
    this.#res = res
  }

  end(): void {
    const socket = this.sink
    if (socket.destroyed) return
    if (socket.writable && this.wire === chunkedWire) socket.write(LAST_CHUNK)
    socket.end()
    destroyLater(socket)
  }

  onGone(listener: () => void): void {
    letGo(this.#res!, this.sink, listener)
    this.#res = null
  }
}

/** A stream that Node frames, through its response. */
class ResponseStream implements Stream {
  readonly wire = plainWire
  readonly sink: ServerResponse
  readonly #req: IncomingMessage

  constructor(req: IncomingMessage, res: ServerResponse) {
    this.#req = req
    this.sink = res
  }

  end(): void {
    const { socket } = this.#req
    this.sink.end(() => socket.end())
    destroyLater(socket)
  }

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
