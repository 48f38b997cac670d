import type { RequestListener, Server } from 'node:http'
import type { Socket } from 'node:net'
import type { LiveSettings } from '../shared/settings.ts'
import type { TrustProxy } from './auth/client-ip.ts'
import type { Config } from './config.ts'
import type { Cors } from './cors.ts'
import { createFront } from './front.ts'
import type { SseGateway } from './gateways/sse/index.ts'
import type { WebSocketGateway } from './gateways/websocket/index.ts'
import { createHostCheck } from './host-check.ts'
import { openLane } from './lane.ts'
import { createPublicPath } from './public-path.ts'
import type { Readiness } from './readiness.ts'
import type { HotPublish } from './routes/hot-publish.ts'
import type { ProblemSender } from './routes/problem.ts'
import { createTransportSecurity } from './transport-security.ts'
import { createUpgrade } from './upgrade.ts'

export interface DoorsParts {
  server: Server
  config: Pick<Config, 'host' | 'publicUrl' | 'trustProxy' | 'rawStreams'>
  settings: LiveSettings
  readiness: Readiness
  trust: TrustProxy
  cors: Cors
  app: RequestListener
  sse: SseGateway
  webSocket: WebSocketGateway
  hotPublish: HotPublish
  sendProblem: ProblemSender
}

/**
 * Opens the ways into a server: requests, streams that are read off the socket, and upgrades, all behind the same guards.
 * Returns how to close what is not the HTTP server's, and to wait for its end.
 */
export function openDoors(parts: DoorsParts): () => Promise<void> {
  const { server, config, settings, readiness, trust, cors, app, sse, webSocket, hotPublish, sendProblem } = parts
  const { host, publicUrl, trustProxy, rawStreams } = config
  const { refusal, streamRefusal, isLeaving } = readiness
  const hostCheck = createHostCheck({ host, publicUrl, trustProxy })
  const transportSecurity = createTransportSecurity({ publicUrl, trustProxy, trust })
  const guards = { cors, hostCheck, transportSecurity, trust }
  const toOwnPath = createPublicPath(publicUrl)
  const front = createFront({ app, sse, hotPublish, settings, sendProblem, refusal, isLeaving, ...guards })
  server.on('request', (req, res) => {
    toOwnPath?.(req)
    front(req, res)
  })
  const lane = { server, sse, refusal: streamRefusal, isLeaving, ...guards }
  const closeLane = rawStreams ? openLane(lane) : () => Promise.resolve()
  const upgrade = createUpgrade({ server, webSocket, hostCheck, trust, refusal: streamRefusal, sendProblem })
  server.on('upgrade', (req, socket: Socket, head: Buffer) => {
    toOwnPath?.(req)
    upgrade(req, socket, head)
  })
  return closeLane
}
