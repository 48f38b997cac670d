import { type IncomingMessage, type Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { YayinError } from '../shared/errors.ts'
import { clientIpOf, type TrustProxy } from './auth/client-ip.ts'
import { isWebSocketPath, type WebSocketGateway } from './gateways/websocket/index.ts'
import type { HostCheck } from './host-check.ts'
import type { ProblemSender } from './routes/problem.ts'

export interface UpgradeDeps {
  server: Server
  webSocket: WebSocketGateway
  hostCheck: HostCheck
  trust: TrustProxy
  /** Null while requests are served; otherwise why not. */
  refusal: () => YayinError | null
  sendProblem: ProblemSender
}

/** Takes every request to upgrade to another protocol (RFC 9110 §7.8): those to WebSocket, on `/ws`. */
export function createUpgrade(deps: UpgradeDeps): (req: IncomingMessage, socket: Socket, head: Buffer) => void {
  const { server, webSocket, hostCheck, trust, refusal, sendProblem } = deps

  async function serve(req: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    const fault = hostCheck(req) ?? refusal()
    if (fault) throw fault
    await webSocket(req, socket, head)
  }

  async function take(req: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    if (req.headers.upgrade?.toLowerCase() !== 'websocket') return goOnWithHttp(server, req, socket, head)
    // In development, Vite listens for the upgrades of its own.
    const isOurs = isWebSocketPath(req)
    if (!isOurs && server.listenerCount('upgrade') > 1) return
    try {
      if (!isOurs) throw new YayinError('not_found', 'There is no WebSocket at this address; it is at /ws.')
      await serve(req, socket, head)
    } catch (error) {
      sendProblem(req, answerOn(req, socket), error, { caller: undefined, ip: clientIpOf(req, trust) })
    }
  }

  return (req, socket, head) => {
    // Without a listener a connection that is reset would end the process.
    socket.on('error', () => socket.destroy())
    // A client that sends this behind a request without an answer yet would get both mixed up.
    if (socket.destroyed || hasAnswerUnderWay(socket)) socket.destroy()
    else take(req, socket, head).catch(() => socket.destroy())
  }
}

/** Node keeps the response that a socket is busy with in this property. */
function hasAnswerUnderWay(socket: Socket): boolean {
  const property = '_httpMessage'
  return property in socket && Boolean(socket[property])
}

/** Makes the answer to a request whose socket Node has handed over; the connection ends with it. */
function answerOn(req: IncomingMessage, socket: Socket): ServerResponse {
  const res = new ServerResponse(req)
  res.shouldKeepAlive = false
  res.assignSocket(socket)
  res.on('finish', () => socket.end(() => socket.destroy()))
  return res
}

/**
 * Lets a request go on as if it had not asked: some clients offer HTTP/2 with whatever they send, and a server may
 * ignore an offer to upgrade. Its bytes are put back without the offer, and read anew.
 */
function goOnWithHttp(server: Server, req: IncomingMessage, socket: Socket, head: Buffer): void {
  const lines = [`${req.method} ${req.url} HTTP/${req.httpVersion}`]
  const { rawHeaders } = req
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!
    const value = rawHeaders[i + 1]!
    const lower = name.toLowerCase()
    if (lower === 'connection') lines.push(`${name}: ${value.replace(/\bupgrade\b/gi, 'x-offer')}`)
    else if (lower !== 'upgrade') lines.push(`${name}: ${value}`)
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]))
  server.emit('connection', socket)
}
