import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { YayinError } from '../shared/errors.ts'
import type { LiveSettings } from '../shared/settings.ts'
import type { Caller } from './auth/caller.ts'
import { clientIpOf, type TrustProxy } from './auth/client-ip.ts'
import type { Cors } from './cors.ts'
import type { SseGateway } from './gateways/sse/index.ts'
import type { HostCheck } from './host-check.ts'
import { type HotPublish, hotLimitBytes, isUsual } from './routes/hot-publish.ts'
import type { ProblemSender } from './routes/problem.ts'
import type { TransportSecurity } from './transport-security.ts'

export interface FrontDeps {
  app: RequestListener
  sse: SseGateway
  hotPublish: HotPublish
  settings: LiveSettings
  cors: Cors
  hostCheck: HostCheck
  transportSecurity: TransportSecurity
  trust: TrustProxy
  /** Null while requests are served; otherwise why not. */
  refusal: () => YayinError | null
  /** Whether clients are to come on another connection, and so to another node, the next time. */
  isLeaving: () => boolean
  sendProblem: ProblemSender
}

type Handler = (req: IncomingMessage, res: ServerResponse, noteCaller: (caller: Caller) => void) => Promise<void>

/** Takes every request: the two hot addresses go straight to their handlers, all others to Express. */
export function createFront(deps: FrontDeps): RequestListener {
  const { app, cors, hostCheck, isLeaving, refusal, sendProblem, transportSecurity, trust } = deps

  async function serve(handler: Handler, req: IncomingMessage, res: ServerResponse): Promise<void> {
    let caller: Caller | undefined
    try {
      const refused = refusal()
      if (refused) throw refused
      await handler(req, res, (found) => (caller = found))
    } catch (error) {
      sendProblem(req, res, error, { caller, ip: clientIpOf(req, trust) })
    }
  }

  return (req, res) => {
    transportSecurity(req, res)
    if (isLeaving()) res.setHeader('Connection', 'close')
    const wrongHost = hostCheck(req)
    if (wrongHost !== null) return sendProblem(req, res, wrongHost, { caller: undefined, ip: clientIpOf(req, trust) })
    const handler = hotHandler(req, deps)
    if (handler === null) app(req, res)
    else if (!cors(req, res)) void serve(handler, req, res)
  }
}

function hotHandler(req: IncomingMessage, { sse, hotPublish, settings }: FrontDeps): Handler | null {
  const { url = '', method } = req
  if (method === 'POST') {
    return isAt('/api/broadcast', url) && isUsual(req, hotLimitBytes(settings)) ? hotPublish : null
  }
  return (method === 'GET' || method === 'HEAD') && isAt('/api/events', url) ? sse.answer : null
}

function isAt(path: string, url: string): boolean {
  return url.startsWith(path) && (url.length === path.length || url[path.length] === '?')
}
