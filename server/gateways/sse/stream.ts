import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Sink, Wire } from '../../hub/wire.ts'
import { chunkedWire, LAST_CHUNK, plainWire } from './wire.ts'

/** How long a closing stream may take to bring out its last bytes, in milliseconds. */
const CLOSE_GRACE_MS = 3000

/** Headers of every event stream; the last one keeps nginx from buffering it. */
const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
}

/** An open response body that events are written to. */
export interface Stream {
  wire: Wire
  sink: Sink
  /** Lets what was written go out, then closes. */
  end(): void
}

/**
 * Sends the head of the response and returns where its events go: the socket itself, to which ready-made chunks are
 * written, so that all connections share the same bytes.
 */
export function openStream(req: IncomingMessage, res: ServerResponse): Stream {
  res.writeHead(200, HEADERS)
  // What is written in this turn, the head and the first frame, leaves in one packet.
  req.socket.cork()
  res.flushHeaders()
  process.nextTick(() => req.socket.uncork())
  const { socket } = res
  // A pipelined request waits behind an earlier answer and has no socket yet; Node frames and keeps its writes.
  if (!socket) return { wire: plainWire, sink: res, end: () => endResponse(req, res) }
  const chunked = res.chunkedEncoding
  return {
    wire: chunked ? chunkedWire : plainWire,
    sink: socket,
    end() {
      if (socket.writable && chunked) socket.write(LAST_CHUNK)
      socket.end()
      destroyLater(socket)
    },
  }
}

/** Answers HEAD: the head of a stream without one. */
export function sendHead(res: ServerResponse): void {
  res.writeHead(200, HEADERS).end()
}

function endResponse(req: IncomingMessage, res: ServerResponse): void {
  res.end(() => req.socket.end())
  destroyLater(req.socket)
}

function destroyLater(socket: IncomingMessage['socket']): void {
  if (socket.destroyed) return
  const timer = setTimeout(() => socket.destroy(), CLOSE_GRACE_MS)
  timer.unref()
  socket.once('close', () => clearTimeout(timer))
}
