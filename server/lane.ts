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

/** Puts the lane before the HTTP server's own; returns how to cut those who have not asked for anything yet. */
export function openLane(deps: LaneDeps): () => void {
  const { server, sse } = deps
  const toHttp = server.listeners('connection')
  const waiting = new Set<Socket>()

  function handOver(socket: Socket, bytes: Buffer): void {
    if (socket.destroyed) return
    socket.unshift(bytes)
    for (const listener of toHttp) listener.call(server, socket)
    socket.resume()
  }

  function look(socket: Socket, bytes: Buffer): void {
    const head = readStreamHead(bytes)
    const fields = head === null ? null : fieldsFor(head, socket, deps)
    if (head === null || fields === null) return handOver(socket, bytes)
    sse.take(socket, head, fields).then(
      (taken) => taken || handOver(socket, bytes),
      () => handOver(socket, bytes),
    )
  }

  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    waiting.add(socket)
    const forget = () => void waiting.delete(socket)
    // Without a listener a connection that is reset would end the process.
    socket.on('error', ignore)
    socket.once('close', forget)
    // The HTTP server lets clients close their half; one that does so before it asked is gone.
    socket.once('end', destroy)
    socket.setTimeout(server.headersTimeout, destroy)
    socket.once('data', (bytes: Buffer) => {
      socket.pause()
      forget()
      socket.off('close', forget).off('end', destroy)
      socket.setTimeout(0, destroy)
      look(socket, bytes)
    })
  })

  return () => {
    for (const socket of waiting) socket.destroy()
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

function destroy(this: Socket): void {
  this.destroy()
}
