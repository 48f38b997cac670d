import type { Request, RequestHandler, Response } from 'express'
import { nanoid } from 'nanoid'
import type { LiveSettings } from '../../../shared/settings.ts'
import type { Authenticator } from '../../auth/authenticate.ts'
import { ownChannels } from '../../auth/channel-rules.ts'
import { identityOf } from '../../auth/identity.ts'
import { clientIp } from '../../auth/client-ip.ts'
import type { Connection } from '../../hub/connection.ts'
import type { Hub } from '../../hub/hub.ts'
import { readStreamRequest, type StreamRequest } from './request.ts'
import { openStream, sendHead } from './stream.ts'

export interface SseGatewayDeps {
  hub: Hub
  settings: LiveSettings
  authenticator: Pick<Authenticator, 'authenticate'>
}

/** Serves `GET /api/events`: Server-Sent Events (contract §6; WHATWG HTML §9.2). Errors before the stream are thrown. */
export function createSseGateway({ hub, settings, authenticator }: SseGatewayDeps): RequestHandler {
  return async (req, res) => {
    const request = await readStreamRequest(req, authenticator, settings.values)
    if (req.method === 'HEAD') return sendHead(res)
    const userAgent = req.headers['user-agent'] ?? ''
    const { caller: principal, lastEventId, channels } = request
    const newcomer = { lastEventId, ip: clientIp(req), userAgent, principal, channels }
    if (hub.kicks.includes(newcomer, Date.now())) {
      // 204 is how an EventSource is told not to come again (WHATWG HTML §9.2.3).
      res.status(204).end()
      return
    }
    hub.assertRoom()
    if (!req.socket.destroyed) connect(hub, req, res, request)
  }
}

function connect(hub: Hub, req: Request, res: Response, { caller, channels, lastEventId }: StreamRequest): void {
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
      ip: clientIp(req),
      userAgent: (req.headers['user-agent'] ?? '').slice(0, 300),
      channels,
      ownChannels: ownChannels(caller),
      end: () => stream.end(),
    },
    lastEventId,
  )
  req.socket.once('close', () => hub.remove(connection, 'closed'))
  // Without a listener a reset connection would end the process.
  req.socket.on('error', () => hub.remove(connection, 'error'))
}
