import express, { type Express, type RequestHandler, Router } from 'express'
import helmet from 'helmet'
import { OPERATIONS } from '../shared/api.ts'
import { YayinError } from '../shared/errors.ts'
import type { TrustProxy } from './auth/client-ip.ts'
import type { Cors } from './cors.ts'
import type { SseGateway } from './gateways/sse/index.ts'
import type { AccessDeps } from './routes/access-deps.ts'
import { type AuthRouteDeps, authRoutes } from './routes/auth.ts'
import { broadcastRoutes, type Publish } from './routes/broadcast.ts'
import { type ChannelsDeps, channelsRoutes } from './routes/channels.ts'
import { type ConnectionsDeps, connectionsRoutes } from './routes/connections.ts'
import { explainRoutes } from './routes/explain.ts'
import { healthRoutes, type Part } from './routes/health.ts'
import { invitationsRoutes } from './routes/invitations.ts'
import { keysRoutes } from './routes/keys.ts'
import { type LogsDeps, logsRoutes } from './routes/logs.ts'
import { messagesRoutes } from './routes/messages.ts'
import { type MetricsDeps, metricsRoutes } from './routes/metrics.ts'
import { type NodesDeps, nodesRoutes } from './routes/nodes.ts'
import { papersRoutes } from './routes/papers.ts'
import { passwordRoutes } from './routes/password.ts'
import { methodNotAllowed, notFound, problemHandler, type ProblemSender } from './routes/problem.ts'
import { scheduledRoutes } from './routes/scheduled.ts'
import { sessionsRoutes } from './routes/sessions.ts'
import { type SettingsDeps, settingsRoutes } from './routes/settings.ts'
import { type StatsDeps, statsRoutes } from './routes/stats.ts'
import { type TemplatesDeps, templatesRoutes } from './routes/templates.ts'
import { usersRoutes } from './routes/users.ts'
import { videoParticipantsRoutes } from './routes/video-participants.ts'
import { type VideoDeps, videoRoomsRoutes } from './routes/video-rooms.ts'
import { webhookDeliveriesRoutes } from './routes/webhook-deliveries.ts'
import { type WebhooksDeps, webhooksRoutes } from './routes/webhooks.ts'
import type { StoredEventLog } from './store/event-log.ts'
import type { ScheduledTable } from './store/scheduled.ts'

export interface AppDeps
  extends
    AccessDeps,
    AuthRouteDeps,
    ChannelsDeps,
    ConnectionsDeps,
    LogsDeps,
    MetricsDeps,
    NodesDeps,
    SettingsDeps,
    StatsDeps,
    TemplatesDeps,
    VideoDeps,
    WebhooksDeps {
  users: AccessDeps['users']
  eventLog: StoredEventLog
  trust: TrustProxy
  cors: Cors
  sse: SseGateway
  publish: Publish
  scheduled: ScheduledTable
  sendProblem: ProblemSender
  version: string
  parts: () => Part[]
  /** Null while requests are served; otherwise why not. */
  refusal: () => YayinError | null
  /** Serves the pages. */
  pages: RequestHandler
}

/** What is read beside the operations, and nothing else can be done with. */
const READ_ALONE = ['/api/events', '/healthz', '/readyz', '/metrics'].map(readAlone)
const PAPERS = ['/openapi.json', '/docs', '/docs/style.css'].map(readAlone)

/** Builds the Express app: the stream, the API, then the pages. */
export function createApp(deps: AppDeps): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', deps.trust)
  app.use('/api', (req, res, next) => {
    if (deps.cors(req, res)) return
    res.setHeader('X-Content-Type-Options', 'nosniff')
    next(deps.refusal() ?? undefined)
  })
  // Reached by unusual spellings of the address alone; the front has taken the others.
  app.get('/api/events', deps.sse.answer)
  const api = Router()
  broadcastRoutes(api, deps)
  scheduledRoutes(api, deps)
  authRoutes(api, deps)
  passwordRoutes(api, deps)
  explainRoutes(api, deps)
  // Before the users: `invitations` is no user's id.
  invitationsRoutes(api, deps)
  usersRoutes(api, deps)
  sessionsRoutes(api, deps)
  keysRoutes(api, deps)
  channelsRoutes(api, deps)
  messagesRoutes(api, deps)
  templatesRoutes(api, deps)
  connectionsRoutes(api, deps)
  statsRoutes(api, deps)
  nodesRoutes(api, deps)
  logsRoutes(api, deps)
  settingsRoutes(api, deps)
  videoRoomsRoutes(api, deps)
  videoParticipantsRoutes(api, deps)
  webhooksRoutes(api, deps)
  webhookDeliveriesRoutes(api, deps)
  app.use(api)
  healthRoutes(app, deps.parts)
  metricsRoutes(app, deps)
  app.use(methodNotAllowed([...OPERATIONS, ...READ_ALONE]))
  app.use('/api', notFound())
  // Pages of other origins that may call the API may also have its client.
  app.use('/lib', (req, res, next) => (deps.cors(req, res) ? undefined : next()))
  app.use(pageHeaders())
  papersRoutes(app, deps.version)
  app.use(methodNotAllowed(PAPERS))
  app.use(deps.pages)
  app.use(notFound())
  app.use(problemHandler(deps.sendProblem))
  return app
}

function readAlone(path: string) {
  return { method: 'get', path } as const
}

/** Headers of the pages: scripts and styles from this origin alone, no framing. */
function pageHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'"],
      },
    },
    // Told by the front, under https alone.
    strictTransportSecurity: false,
  })
}
