import type { IncomingMessage, ServerResponse } from 'node:http'
import { nanoid } from 'nanoid'
import type { LiveSettings } from '../../../shared/settings.ts'
import type { Authenticator } from '../../auth/authenticate.ts'
import { ownChannels } from '../../auth/channel-rules.ts'
import { identityOf } from '../../auth/identity.ts'
import { clientIpOf, type TrustProxy } from '../../auth/client-ip.ts'
import type { ConnectLimit } from '../../hub/connect-limit.ts'
import type { Connection } from '../../hub/connection.ts'
import type { Hub } from '../../hub/hub.ts'
import { readStreamRequest, type StreamRequest } from './request.ts'
import { openStream, sendHead } from './stream.ts'

export interface SseGatewayDeps {
  hub: Hub
  settings: LiveSettings
  authenticator: Pick<Authenticator, 'authenticate'>
  connectLimit: ConnectLimit
  trust: TrustProxy
}

/** Answers one request for a stream; rejects with what kept the stream from beginning. */
export type SseGateway = (req: IncomingMessage, res: ServerResponse) => Promise<void>

/** Serves `GET /api/events`: Server-Sent Events (contract §6; WHATWG HTML §9.2). */
export function createSseGateway({ hub, settings, authenticator, connectLimit, trust }: SseGatewayDeps): SseGateway {
  return async (req, res) => {
    const ip = clientIpOf(req, trust)
    connectLimit.take(ip, Date.now())
    const request = await readStreamRequest(req, authenticator, settings.values)
    const userAgent = (req.headers['user-agent'] ?? '').slice(0, 300)
    const { caller: principal, lastEventId, channels } = request
    if (hub.kicks.includes({ lastEventId, ip, userAgent, principal, channels }, Date.now())) {
      // 204 is how an EventSource is told not to come again (WHATWG HTML §9.2.3).
      res.writeHead(204).end()
      return
    }
    hub.assertRoom()
    if (req.method === 'HEAD') sendHead(res)
    else if (!req.socket.destroyed) connect(hub, req, res, { ...request, ip, userAgent })
  }
}

type Newcomer = StreamRequest & { ip: string; userAgent: string }

function connect(hub: Hub, req: IncomingMessage, res: ServerResponse, newcomer: Newcomer): void {
  const { caller, channels, lastEventId, presence, ip, userAgent } = newcomer
  const id = nanoid()
  const stream = openStream(req, res)
  const connection: Connection = hub.connect(
    {
      ...identityOf(caller),
      id,
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
  stream.onGone(() => hub.remove(connection, 'closed'))
}
