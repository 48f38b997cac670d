import type { Server } from 'node:http'
import type { Logger } from 'pino'
import { silentBus } from './brokers/bus.ts'
import type { Callers } from './callers.ts'
import type { Cluster } from './cluster/index.ts'
import { closeServer, dismissAll, type Drainer } from './drain.ts'
import type { Engine } from './engine.ts'
import type { Hub } from './hub/hub.ts'
import { IDEMPOTENCY_TTL_MS, receiptsOf } from './hub/idempotency.ts'
import type { MqttIntake } from './mqtt.ts'
import type { Readiness } from './readiness.ts'
import type { Scheduler } from './scheduler.ts'
import type { SqlOutbox } from './sql-outbox.ts'
import type { StatsHistoryKeeper } from './stats-history.ts'
import type { StatsReader } from './stats.ts'
import type { ConnectionMirror } from './store/connections.ts'
import type { Database } from './store/database.ts'
import type { StoredEventLog } from './store/event-log.ts'
import { openLog, readAnswers, replaceEpoch } from './store/log.ts'
import type { SettingsStore } from './store/settings.ts'
import type { Tracing } from './tracing.ts'
import { VERSION } from './version.ts'
import type { Video } from './video/index.ts'
import type { Webhooks } from './webhooks/index.ts'

/** What has to be started and ended in its turn. */
export interface LifecycleParts {
  readiness: Readiness
  server: Server
  database: Database
  settings: SettingsStore
  mirror: ConnectionMirror
  hub: Hub
  engine: Engine
  cluster: Cluster
  scheduler: Scheduler
  sqlOutbox: SqlOutbox
  mqtt: MqttIntake
  callers: Callers
  video: Video
  webhooks: Webhooks
  eventLog: StoredEventLog
  drainer: Drainer
  /** Cuts those who have not asked for anything yet; resolves when the streams past the HTTP server are closed. */
  closeLane: () => Promise<void>
  /** Those who tell the dashboard, and who go by a clock of their own. */
  tellers: readonly { stop(): void }[]
  stats: StatsReader
  statsHistory: StatsHistoryKeeper
  tracing: Tracing
  log: Logger
}

/** Starts everything; until it resolves, requests are refused. */
export async function startParts(parts: LifecycleParts): Promise<void> {
  const { readiness, database, mirror, hub, engine, cluster, eventLog, log } = parts
  await database.ready
  await parts.settings.load()
  if (database.uncleanReboot) await renewEpoch(database, log)
  if (engine.bus === silentBus) await mirror.cleanOthers([])
  await hub.start()
  await engine.history.start()
  cluster.start()
  await restoreAnswers(database, hub)
  parts.scheduler.start()
  await parts.sqlOutbox.start()
  parts.mqtt.start()
  await parts.callers.ensureAdmin()
  await parts.video.start()
  await parts.webhooks.start()
  readiness.state = 'running'
  cluster.tellStatus()
  const data = { version: VERSION }
  eventLog.record({ level: 'info', type: 'start', message: 'Server started', data, actor: 'system' })
}

/** Tells clients to come again, finishes what was accepted, and closes everything. */
export async function drainParts(parts: LifecycleParts): Promise<void> {
  const { readiness, server, hub, engine, cluster, eventLog } = parts
  readiness.isEnding = true
  eventLog.record({ level: 'info', type: 'stop', message: 'Server stopping', actor: 'system' })
  if (cluster.hasReadyOther()) await parts.drainer.begin()
  readiness.state = 'draining'
  cluster.tellStatus()
  const closed = Promise.all([closeServer(server), parts.closeLane()])
  dismissAll(hub)
  await closed
  await Promise.all([parts.scheduler.stop(), parts.mqtt.stop(), parts.sqlOutbox.stop()])
  parts.callers.stop()
  await Promise.all([parts.video.stop(), parts.webhooks.stop()])
  hub.stop()
  for (const teller of parts.tellers) teller.stop()
  parts.stats.close()
  await parts.statsHistory.close()
  await engine.broker.close()
  await cluster.stop()
  await engine.history.stop()
  await engine.close()
  await parts.mirror.close()
  await parts.tracing.close()
  await eventLog.close()
  await parts.database.close()
}

/** After a power failure the embedded log may lack its newest messages, which clients have seen all the same. */
async function renewEpoch({ pool }: Database, log: Logger): Promise<void> {
  const { epoch } = await openLog(pool)
  await replaceEpoch(pool, epoch)
  log.warn('The machine went down without notice; the log has a new epoch, and clients will be told of a gap')
}

async function restoreAnswers({ pool }: Database, hub: Hub): Promise<void> {
  for (const { key, answer, first, atMs } of await readAnswers(pool, Date.now() - IDEMPOTENCY_TTL_MS)) {
    hub.publisher.restoreAnswer(key, receiptsOf({ answer, first }), atMs)
  }
}
