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
  res.writeHead(200, HEADERS)
  // What is written in this turn, the head and the first frame, leaves in one packet.
  socket.cork()
  res.flushHeaders()
  process.nextTick(uncork, socket)
  // A pipelined request waits behind an earlier answer and has no socket yet; Node frames and keeps its writes.
  return res.socket === socket ? new SocketStream(res, socket) : new ResponseStream(req, res)
}

function uncork(socket: Socket): void {
  socket.uncork()
}

/** A stream that is written to its socket; request and response are let go. */
class SocketStream implements Stream {
  readonly wire: Wire
  readonly sink: Socket
  #res: ServerResponse | null

  constructor(res: ServerResponse, socket: Socket) {
    this.wire = res.chunkedEncoding ? chunkedWire : plainWire
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
