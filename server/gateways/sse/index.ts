import type { IncomingMessage, ServerResponse } from 'node:http'
import { nanoid } from 'nanoid'
import type { YayinError } from '../../../shared/errors.ts'
import type { LiveSettings } from '../../../shared/settings.ts'
import type { Authenticator } from '../../auth/authenticate.ts'
import { ownChannels } from '../../auth/channel-rules.ts'
import { identityOf } from '../../auth/identity.ts'
import { type Asking, clientIpOf, type TrustProxy } from '../../auth/client-ip.ts'
import type { ConnectLimit } from '../../hub/connect-limit.ts'
import type { Connection } from '../../hub/connection.ts'
import type { Hub } from '../../hub/hub.ts'
import type { StreamHead } from './head.ts'
import type { TcpLink } from './link.ts'
import { readStreamRequest, type StreamRequest } from './request.ts'
import { openOnLink, openStream, sendHead, type Stream } from './stream.ts'

export interface SseGatewayDeps {
  hub: Hub
  settings: LiveSettings
  authenticator: Pick<Authenticator, 'authenticate'>
  connectLimit: ConnectLimit
  trust: TrustProxy
  /** Null while streams are taken; otherwise why not. */
  refusal: () => YayinError | null
  /** Whether streams are written straight to their sockets. */
  raw: boolean
}

/** Serves event streams. */
export interface SseGateway {
  /** Answers one request for a stream; rejects with what kept the stream from beginning. */
  answer(req: IncomingMessage, res: ServerResponse): Promise<void>
  /**
   * Opens a stream on a socket for a request that no HTTP server has read; `fields` are header lines to answer with
   * beside the stream's own. Tells whether it did, at once where the caller was known a moment ago; when false, and when
   * it throws or rejects, nothing was written. Whoever asks goes on reading the socket, and ends it when its other side has.
   */
  take(link: TcpLink, head: StreamHead, fields: readonly string[]): boolean | Promise<boolean>
}

/** Serves `GET /api/events`: Server-Sent Events (contract §6; WHATWG HTML §9.2). */
export function createSseGateway({
  hub,
  settings,
  authenticator,
  connectLimit,
  trust,
  refusal,
  raw,
}: SseGatewayDeps): SseGateway {
  function countIn(req: Asking): string {
    const ip = clientIpOf(req, trust)
    connectLimit.take(ip, Date.now())
    return ip
  }

  function read(req: Asking & { url?: string | undefined }, ip: string): Newcomer | Promise<Newcomer> {
    const userAgent = (req.headers['user-agent'] ?? '').slice(0, 300)
    const request = readStreamRequest(req, authenticator, settings.values)
    if (request instanceof Promise) return request.then((known) => ({ request: known, ip, userAgent }))
    return { request, ip, userAgent }
  }

  function isKicked({ request, ip, userAgent }: Newcomer): boolean {
    const { caller: principal, lastEventId, channels } = request
    return hub.kicks.includes({ lastEventId, ip, userAgent, principal, channels }, Date.now())
  }

  function enter(link: TcpLink, newcomer: Newcomer, fields: readonly string[]): boolean {
    if (refusal() !== null || !hub.hasRoom() || isKicked(newcomer)) return false
    if (!link.isClosed) connect(hub, openOnLink(link, fields), newcomer)
    return true
  }

  return {
    async answer(req, res) {
      const newcomer = await read(req, countIn(req))
      if (isKicked(newcomer)) {
        // 204 is how an EventSource is told not to come again (WHATWG HTML §9.2.3).
        res.writeHead(204).end()
        return
      }
      const refused = refusal()
      if (refused) throw refused
      hub.assertRoom()
      if (req.method === 'HEAD') sendHead(res)
      else if (!req.socket.destroyed) connect(hub, openStream(req, res, raw), newcomer)
    },

    take(link, head, fields) {
      const req = { url: head.url, headers: head.headers, socket: link }
      const ip = countIn(req)
      const leave = () => {
        // Asked by the HTTP server, it is counted once more.
        connectLimit.giveBack(ip)
        return false
      }
      const open = (newcomer: Newcomer) => enter(link, newcomer, fields) || leave()
      try {
        const newcomer = read(req, ip)
        return newcomer instanceof Promise ? newcomer.then(open).catch(leave) : open(newcomer)
      } catch {
        return leave()
      }
    },
  }
}

interface Newcomer {
  request: StreamRequest
  ip: string
  userAgent: string
}

function connect(hub: Hub, stream: Stream, { request, ip, userAgent }: Newcomer): void {
  const { caller, channels, lastEventId, presence } = request
  const { userId, name, expiresAt, privileged } = identityOf(caller)
  const connection: Connection = hub.connect(
    {
      // One by one: thousands come at once after a restart, and spreading objects is what V8 is slow at.
      userId,
      name,
      expiresAt,
      privileged,
      id: nanoid(),
      transport: 'sse',
      principal: caller,
      wire: stream.wire,
      sink: stream.sink,
      ip,
      userAgent,
      channels,
      ownChannels: ownChannels(caller),
      presence,
      // PATCH /api/connections/:id takes the id of an anonymous stream for its owner.
      secretId: caller.kind === 'anonymous',
      end: () => stream.end(),
    },
    lastEventId,
  )
  stream.opened()
  stream.onGone(() => hub.remove(connection, 'closed'))
}
