import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { YayinError } from '../shared/errors.ts'
import type { Cors } from './cors.ts'
import { readStreamHead, type StreamHead } from './gateways/sse/head.ts'
import type { SseGateway } from './gateways/sse/index.ts'
import type { HostCheck } from './host-check.ts'
import type { TransportSecurity } from './transport-security.ts'

/*
 * Half of what it costs to accept an event stream is Node's HTTP server: a parser, a request and a response, made for
 * one request and let go of right after. So the first bytes of each connection are looked at before it: a plain request
 * for a stream is answered here, and everything else, also whatever is to be refused, goes to the HTTP server with its
 * bytes put back, as if nobody had looked.
 */

export interface LaneDeps {
  server: Server
  sse: Pick<SseGateway, 'take'>
  cors: Cors
  hostCheck: HostCheck
  transportSecurity: TransportSecurity
  /** Null while streams are taken; otherwise why not. */
  refusal: () => YayinError | null
}

/** How often those are looked for who take too long to ask. */
const CUT_EVERY_MS = 1000

/** Puts the lane before the HTTP server's own; returns how to cut those who have not asked for anything yet. */
export function openLane(deps: LaneDeps): () => void {
  const { server, sse } = deps
  const toHttp = server.listeners('connection')
  /** Those who have not asked for anything yet, the longest there first, and since when. */
  const waiting = new Map<Socket, number>()

  function handOver(socket: Socket, bytes: Buffer): void {
    if (socket.destroyed) return
    socket.off('data', onData).off('end', onEnd).off('close', onClose)
    socket.unshift(bytes)
    for (const listener of toHttp) listener.call(server, socket)
    socket.resume()
  }

  function take(socket: Socket, bytes: Buffer): boolean | Promise<boolean> {
    const head = readStreamHead(bytes)
    const fields = head === null ? null : fieldsFor(head, socket, deps)
    if (head === null || fields === null) return false
    try {
      return sse.take(socket, head, fields)
    } catch {
      // Whoever is refused is told so by the HTTP server's answer.
      return false
    }
  }

  function look(socket: Socket, bytes: Buffer): void {
    const taken = take(socket, bytes)
    if (taken === true) return
    socket.pause()
    if (taken === false) return handOver(socket, bytes)
    taken.then(
      (isTaken) => void (isTaken ? socket.resume() : handOver(socket, bytes)),
      () => handOver(socket, bytes),
    )
  }

  // The same listeners for all, from first to last: to put them on and off costs more than to ask which ones wait.
  function onData(this: Socket, bytes: Buffer): void {
    // What comes on an open stream is dropped, but read, since only a reader learns that the other side has gone.
    if (waiting.delete(this)) look(this, bytes)
  }

  function onEnd(this: Socket): void {
    // The HTTP server lets clients close their half; one that does so before it asked is gone.
    if (waiting.has(this)) this.destroy()
    else this.end()
  }

  function onClose(this: Socket): void {
    waiting.delete(this)
  }

  /** One clock for all: a timer for each costs more than reading what they ask. */
  function cutLate(): void {
    const { headersTimeout } = server
    const late = performance.now() - (headersTimeout || Infinity)
    for (const [socket, since] of waiting) {
      if (since > late) return
      socket.destroy()
    }
  }

  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    waiting.set(socket, performance.now())
    // Without a listener a connection that is reset would end the process.
    socket.on('error', ignore).on('data', onData).on('end', onEnd).on('close', onClose)
  })
  const timer = setInterval(cutLate, CUT_EVERY_MS).unref()

  return () => {
    clearInterval(timer)
    for (const socket of waiting.keys()) socket.destroy()
  }
}

/** The header lines of this answer beside the stream's own; null when the request is not to be answered here. */
function fieldsFor({ headers }: StreamHead, socket: Socket, deps: LaneDeps): string[] | null {
  const { cors, hostCheck, transportSecurity, refusal } = deps
  const req = { headers, socket, method: 'GET' }
  if (refusal() !== null || hostCheck(req) !== null) return null
  const fields: string[] = []
  const answer = {
    setHeader(name: string, value: number | string | readonly string[]) {
      fields.push(`${name}: ${String(value)}`)
      return answer as never
    },
  }
  transportSecurity(req, answer)
  cors(req, answer)
  return fields
}

const ignore = () => undefined
