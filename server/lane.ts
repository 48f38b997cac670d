import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { YayinError } from '../shared/errors.ts'
import type { Cors } from './cors.ts'
import { readStreamHead, type StreamHead } from './gateways/sse/head.ts'
import type { SseGateway } from './gateways/sse/index.ts'
import { canCarry, type TcpHandle, TcpLink } from './gateways/sse/link.ts'
import type { HostCheck } from './host-check.ts'
import type { TransportSecurity } from './transport-security.ts'

/*
 * Most of what it costs to accept an event stream is Node's: a socket, and on it an HTTP server with a parser, a request
 * and a response, made for one request and let go of right after. So the first bytes of each connection are looked at
 * before there is any of that: a plain request for a stream is answered here, on the bare connection, and everything
 * else, also whatever is to be refused, goes to the HTTP server with its bytes put back, as if nobody had looked.
 */

export interface LaneDeps {
  server: Server
  sse: Pick<SseGateway, 'take'>
  cors: Cors
  hostCheck: HostCheck
  transportSecurity: TransportSecurity
  /** Null while streams are taken; otherwise why not. */
  refusal: () => YayinError | null
  /** Whether clients are to come on another connection the next time, which the HTTP server tells them. */
  isLeaving: () => boolean
}

/** What a server listens by, as far as it is used here; Node calls `onconnection` with each connection that comes. */
interface Listener {
  onconnection(this: Listener, error: number | undefined, handle: unknown): void
}

/** How often those are looked for who take too long to ask. */
const CUT_EVERY_MS = 1000
/** What Node's HTTP server answers them. */
const TOO_LATE = Buffer.from('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n')

/**
 * Puts the lane before the HTTP server's own way in. Returns how to close it: those who have not asked for anything yet
 * are cut, and it resolves once the streams that were opened here are closed too.
 */
export function openLane(deps: LaneDeps): () => Promise<void> {
  const { server, sse } = deps
  /** Those who have not asked for anything yet, the longest there first, and since when. */
  const waiting = new Map<TcpLink, number>()
  let links = 0
  let onEmpty: (() => void) | null = null
  let toHttp: (handle: unknown) => void
  /** Whether this Node's handles carry links; null before the first one is seen. */
  let areFit: boolean | null = null
  /** What was read of the connection that the HTTP server is being given. */
  let readBefore: Buffer | null = null

  function handOver(link: TcpLink, bytes: Buffer): void {
    if (link.isClosed) return
    readBefore = bytes
    toHttp(link.release())
    readBefore = null
    leave()
  }

  function leave(): void {
    if (--links === 0) onEmpty?.()
  }

  function take(link: TcpLink, bytes: Buffer): boolean | Promise<boolean> {
    const head = readStreamHead(bytes)
    const fields = head === null ? null : fieldsFor(head, link, deps)
    if (head === null || fields === null) return false
    try {
      return sse.take(link, head, fields)
    } catch {
      // Whoever is refused is told so by the HTTP server's answer.
      return false
    }
  }

  function look(link: TcpLink, bytes: Buffer): void {
    const taken = take(link, bytes)
    if (taken === true) return
    if (taken === false) return handOver(link, bytes)
    link.pause()
    taken.then(
      (isTaken) => (isTaken ? link.resume() : handOver(link, bytes)),
      () => handOver(link, bytes),
    )
  }

  const listener = {
    bytes(link: TcpLink, bytes: Buffer): void {
      // What comes on an open stream is dropped, but read, since only a reader learns that the other side has gone.
      if (waiting.delete(link)) look(link, bytes)
    },
    close(link: TcpLink): void {
      waiting.delete(link)
      leave()
    },
  }

  function enter(handle: unknown): void {
    areFit ??= canCarry(handle)
    if (!areFit) return toHttp(handle)
    links++
    waiting.set(new TcpLink(handle as TcpHandle, listener), performance.now())
  }

  /** One clock for all: a timer for each costs more than reading what they ask. */
  function cutLate(): void {
    const { headersTimeout } = server
    const late = performance.now() - (headersTimeout || Infinity)
    for (const [link, since] of waiting) {
      if (since > late) return
      waiting.delete(link)
      link.write(TOO_LATE)
      link.end()
    }
  }

  server.prependListener('connection', (socket: Socket) => {
    if (readBefore !== null) socket.unshift(readBefore)
  })
  server.on('listening', () => {
    const { _handle: way } = server as Server & { _handle?: Listener }
    if (typeof way?.onconnection !== 'function') return
    const { onconnection } = way
    toHttp = (handle) => onconnection.call(way, undefined, handle)
    way.onconnection = (error, handle) => (error ? onconnection.call(way, error, handle) : enter(handle))
  })
  const timer = setInterval(cutLate, CUT_EVERY_MS).unref()

  return () => {
    clearInterval(timer)
    for (const link of waiting.keys()) link.destroy()
    return new Promise((resolve) => (links === 0 ? resolve() : (onEmpty = resolve)))
  }
}

/** The header lines of this answer beside the stream's own; null when the request is not to be answered here. */
function fieldsFor({ headers }: StreamHead, link: TcpLink, deps: LaneDeps): string[] | null {
  const { cors, hostCheck, transportSecurity, refusal, isLeaving } = deps
  const req = { headers, socket: link, method: 'GET' }
  if (refusal() !== null || isLeaving() || hostCheck(req) !== null) return null
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
