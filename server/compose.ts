import { createServer, type Server } from 'node:http'
import type { RequestHandler } from 'express'
import { nanoid } from 'nanoid'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import { compileTrust } from './auth/client-ip.ts'
import { createRoomTokens } from './auth/room-tokens.ts'
import { loadSecrets, type Secrets } from './auth/secrets.ts'
import type { TokenMaker } from './auth/token-maker.ts'
import { silentBus } from './brokers/bus.ts'
import { createCallers, type Callers } from './callers.ts'
import { type Cluster, createCluster } from './cluster/index.ts'
import { nodeStatus } from './cluster/members.ts'
import type { Config } from './config.ts'
import { createChannelNews } from './channel-news.ts'
import { createConnectionNews } from './connection-news.ts'
import { createConnectionWatches } from './connection-watch.ts'
import { corsFor } from './cors.ts'
import { watchDeadPeers } from './dead-peers/index.ts'
import { openDoors } from './doors.ts'
import { createDrainer } from './drain.ts'
import { createSseGateway } from './gateways/sse/index.ts'
import { createWebSocketGateway } from './gateways/websocket/index.ts'
import { ConnectLimit } from './hub/connect-limit.ts'
import { Hub } from './hub/hub.ts'
import { connectionInfo } from './hub/info.ts'
import { createEngine } from './engine.ts'
import { drainParts, startParts } from './lifecycle.ts'
import { createNodes } from './nodes.ts'
import { createObserver } from './observer.ts'
import { createReadiness } from './readiness.ts'
import { createCallMeter, createMetrics } from './metrics.ts'
import { createConnectionCounts } from './metrics-connections.ts'
import { createMqttIntake, mqttPart } from './mqtt.ts'
import { createScheduler } from './scheduler.ts'
import { createPublish, createPublishOne, type PublishOne } from './routes/broadcast.ts'
import { createReadHistory } from './routes/channel-history.ts'
import { createHotPublish } from './routes/hot-publish.ts'
import { createSchedule } from './routes/scheduled.ts'
import { toYayinError } from './routes/map-error.ts'
import { createProblemSender, reportProblem } from './routes/problem.ts'
import { createSignInLimits } from './routes/sign-in-limits.ts'
import { createSqlOutbox } from './sql-outbox.ts'
import { createStatsHistory } from './stats-history.ts'
import { createMinuteCounter } from './stats-meters.ts'
import { createStats, type StatsReader } from './stats.ts'
import { createStatsTogether, historyName } from './stats-together.ts'
import { createApiKeyStore } from './store/api-keys.ts'
import { createConnectionMirror } from './store/connections.ts'
import { type Database, openDatabase } from './store/database.ts'
import { createEventLog } from './store/event-log.ts'
import { createInvitationStore } from './store/invitations.ts'
import { readStoredFigures } from './store/metrics.ts'
import { measureQueries } from './store/query-meter.ts'
import { createScheduledStore } from './store/scheduled.ts'
import { createSessionStore } from './store/sessions.ts'
import { createSettings } from './store/settings.ts'
import { createStatsHistoryStore } from './store/stats-history.ts'
import { createTemplateStore } from './store/templates.ts'
import { createUserStore } from './store/users.ts'
import { openTracing } from './tracing.ts'
import { createVideo, type Video } from './video/index.ts'
import { createWebhooks, type Webhooks } from './webhooks/index.ts'
import { captureRoom } from './webhooks/room-events.ts'
import { VERSION } from './version.ts'

/** A composed server, not listening yet. */
export interface Yayin {
  server: Server
  secrets: Secrets
  database: Database
  /** Publishes one message on behalf of whoever the process's own code says. */
  publishOne: PublishOne
  makeToken: TokenMaker
  /** Resolves when everything runs; until then requests are answered with 503. */
  started: Promise<void>
  /** Makes a one-time code to sign in with; null when the admin has a password. */
  signInCode(): string | null
  /** Tells clients to come again, finishes what was accepted, and closes everything. */
  drain(): Promise<void>
}

/**
 * Picks the parts and puts them together; the one place that knows them all. `slot` tells apart the processes that share a
 * folder of secrets and are kept running together.
 */
export async function compose(
  config: Config,
  log: Logger,
  pages: (server: Server) => Promise<RequestHandler>,
  slot = 1,
): Promise<Yayin> {
  const secrets = await loadSecrets({
    dataDir: config.dataDir,
    jwtSecret: config.jwt.secret,
    apiKey: config.apiKey,
  })
  // Several processes may share a folder of secrets; each is a node of its own.
  const node = `${secrets.nodeId}-${nanoid(4)}`
  const database = await openDatabase({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, log })
  const calls = createCallMeter()
  const tracing = await openTracing(config, VERSION)
  measureQueries(database.pool, calls.onQuery)
  const { db } = database
  const stores = { users: createUserStore(db), sessions: createSessionStore(db), apiKeys: createApiKeyStore(db) }
  const settings = createSettings({
    db,
    onStored: () => cluster.tell('settings'),
    defaults: { stun_urls: [...config.stunUrls] },
  })
  const engine = await createEngine({ config, node, database, settings, log })
  const eventLog = createEventLog({
    db,
    node,
    log,
    retentionDays: () => settings.values.log_retention_days,
    onRecord: (records) => {
      for (const record of records) hub.publisher.announce('admin/logs', { type: 'log', log: record }, 'everywhere')
    },
  })
  const mirror = createConnectionMirror({
    db,
    node,
    log,
    snapshot: () => describeAll(hub, node),
    onLost: (rows) => webhooks.lost(rows.map((row) => ({ ...row, connectedAt: row.connectedAt.toISOString() }))),
  })
  const { broker, history, bus } = engine
  const slow = createMinuteCounter()
  const news = createConnectionNews({ hub: () => hub })
  const watches = createConnectionWatches({ hub: () => hub, node })
  const counts = createConnectionCounts()
  const onSlow = () => slow.add(Date.now())
  const cluster: Cluster = createCluster({
    bus,
    node,
    hub: () => hub,
    status: () => status(),
    onSettings: () => void settings.load().catch((err: unknown) => log.warn({ err }, 'Settings could not be read')),
    onRecheck: () => callers.recheckHere(),
    onWebhooks: () => void webhooks.reload(),
    onFollowed: watches.followed,
    onNodes: (alive) => void mirror.cleanOthers(alive),
  })
  const webhooks: Webhooks = createWebhooks({
    db,
    hub: () => hub,
    node,
    eventLog,
    log,
    privateAddresses: config.webhookPrivateAddresses,
    isAlone: bus === silentBus,
    onChanged: () => cluster.tell('webhooks'),
  })
  const observed = { mirror, webhooks, cluster, news, watches, rooms: () => video, eventLog }
  const observer = createObserver({ hub: () => hub, ...observed, counts, node, log, onSlow })
  const hub: Hub = new Hub({
    broker,
    history,
    settings,
    observer,
    neighbours: cluster.neighbours,
    tracer: tracing.tracer,
  })
  const channelNews = createChannelNews({ hub })
  const drainer = createDrainer({
    hub,
    hasRefuge: cluster.hasReadyOther,
    graceMs: config.drainGraceMs,
    moveMs: config.drainMs,
    onPhase: cluster.tellStatus,
  })
  const statsStore = createStatsHistoryStore(db)
  const keptName = slot === 1 ? secrets.nodeId : `${secrets.nodeId}-${slot}`
  const statsName = () => historyName(keptName, { node, startedAt: stats.startedAt }, cluster.others())
  const statsHistory = createStatsHistory({ store: statsStore, node: statsName, isStoreThere: database.ok, log })
  const mqtt = await createMqttIntake(config, {
    hub,
    settings,
    eventLog,
    nodeId: secrets.nodeId,
    process: node,
    pool: database.pool,
    log,
  })
  const stats: StatsReader = createStats({
    hub,
    broker,
    database,
    settings,
    rooms: () => video.registry.counts(),
    mqtt: mqtt.stats,
    node,
    others: () => cluster.others().map((other) => other.node),
    version: VERSION,
    slowLastMinute: () => slow.lastMinute(Date.now()),
    onSample: statsHistory.add,
  })

  const readiness = createReadiness(drainer)
  const { refusal, streamRefusal, isLeaving } = readiness
  const status = () => ({ ...nodeStatus(stats.read(), hub, isLeaving()), historyName: statsName() })
  const nodes = createNodes({ hub, cluster, drainer, status, isEnding: () => readiness.isEnding, eventLog, node })

  const readStored = () => readStoredFigures(database.pool)
  const readStats = stats.read
  const together = createStatsTogether({ hub, cluster, readStats, history: statsHistory, store: statsStore, node })
  const roomTokens = createRoomTokens({ secret: secrets.jwtSecret })
  const { turnUrls, turnSecret } = config
  const videoDeps = { db, hub: () => hub, settings, eventLog, tokens: roomTokens, log, witness: captureRoom }
  const video: Video = createVideo({ ...videoDeps, isShared: bus !== silentBus, turnUrls, turnSecret })
  const rooms = video.gate
  const callers: Callers = createCallers({ config, secrets, stores, roomTokens, rooms, hub, settings, cluster, log })
  const { authenticator, makeToken } = callers

  const server = createServer()
  const trust = compileTrust(config.trustProxy)
  const cors = corsFor(config.corsOrigins)
  const connectLimit = new ConnectLimit(settings)
  const entrance = { hub, settings, authenticator, connectLimit, trust, refusal: streamRefusal }
  const sse = createSseGateway({ ...entrance, raw: config.rawStreams })
  const scheduled = createScheduledStore(db)
  const scheduler = createScheduler({ table: scheduled, publisher: hub.publisher, eventLog, log })
  const sqlOutbox = createSqlOutbox({ config, pool: database.pool, publisher: hub.publisher, log })
  const schedule = createSchedule({ scheduled, noteScheduled: (at) => scheduler.note(at), eventLog })
  const publish = createPublish({ hub, settings, eventLog, schedule })
  const publishOne = createPublishOne(publish)
  const readHistory = createReadHistory({ hub, db, settings })
  const problemReaders = { log, eventLog, noteRefusal: calls.noteRefusal }
  const sendProblem = createProblemSender(problemReaders)
  const webSocket = createWebSocketGateway({
    ...entrance,
    publicUrl: config.publicUrl,
    publishOne,
    readHistory,
    toYayinError,
    noteFault: calls.noteRefusal,
    noteRefusal: (req, error, from) => reportProblem(error, req, from, problemReaders),
  })
  const metrics = createMetrics({ hub, connections: counts, readStats, readStored, calls, version: VERSION })
  const core = { hub, settings, eventLog, cluster, video, webhooks }
  const entrances = { trust, cors, sse, sendProblem }
  const app = createApp({
    ...core,
    ...callers,
    ...entrances,
    publish,
    scheduled,
    readHistory,
    refusal,
    settingsStore: settings,
    node,
    db,
    templates: createTemplateStore(db),
    users: stores.users,
    invitations: createInvitationStore(db),
    sessionTable: stores.sessions,
    apiKeys: stores.apiKeys,
    environmentAdmin: config.admin.password === null ? null : config.admin.email,
    signInLimits: createSignInLimits(),
    publicUrl: config.publicUrl,
    version: VERSION,
    nodes,
    readStats: together.read,
    metrics,
    readStatsHistory: together.readHistory,
    parts: () => [
      { name: 'database', ok: database.ok() },
      { name: 'broker', ok: broker.ok() },
      { name: 'server', ok: !isLeaving() },
      ...mqttPart(mqtt),
    ],
    pages: await pages(server),
  })
  const hotPublish = createHotPublish({ authenticator, settings, publish })
  const doors = { ...entrances, server, config, settings, readiness, app, webSocket, hotPublish }
  const closeLane = openDoors(doors)
  const intakes = { scheduler, sqlOutbox, mqtt }
  const deadPeers = watchDeadPeers({ hub, settings, log })
  const figures = { stats, statsHistory, tracing, tellers: [news, watches, channelNews, nodes, deadPeers] }
  const kept = { database, engine, mirror, log }
  const lifecycle = { ...core, ...intakes, ...figures, ...kept, readiness, drainer, callers, server, closeLane }
  return {
    server,
    secrets,
    database,
    publishOne,
    makeToken,
    started: startParts(lifecycle),
    signInCode: () => callers.signInCode(),
    drain: () => drainParts(lifecycle),
  }
}

function* describeAll(hub: Hub, node: string) {
  for (const connection of hub.connections.values()) yield connectionInfo(hub, connection, node)
}
