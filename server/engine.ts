import type { Logger } from 'pino'
import type { LiveSettings } from '../shared/settings.ts'
import { ArchivedHistory } from './brokers/archived-history.ts'
import { Archiver } from './brokers/archiver.ts'
import type { Broker, History } from './brokers/broker.ts'
import { type Bus, silentBus } from './brokers/bus.ts'
import { DatabaseHistory } from './brokers/database-history.ts'
import { EngineBroker } from './brokers/engine-broker.ts'
import type { EngineLog } from './brokers/engine-log.ts'
import { createLocalBroker } from './brokers/local.ts'
import { createPostgresBroker } from './brokers/postgres.ts'
import { createPostgresBus } from './brokers/postgres-bus.ts'
import { createPostgresListener } from './brokers/postgres-listener.ts'
import type { Config } from './config.ts'
import type { Database } from './store/database.ts'
import { openLog } from './store/log.ts'
import { takeScheduled } from './store/take-scheduled.ts'

/** What puts messages in order, keeps them, and what the nodes tell each other beside it. */
export interface Engine {
  broker: Broker
  history: History & { start(): Promise<void>; stop(): Promise<void> }
  bus: Bus
  close(): Promise<void>
}

export interface EngineParts {
  config: Config
  /** This node's name. */
  node: string
  database: Database
  settings: LiveSettings
  log: Logger
}

/** Opens the broker that the configuration names; the libraries of Redis and NATS are loaded only for them. */
export async function createEngine(parts: EngineParts): Promise<Engine> {
  const { config, node, log } = parts
  const { broker, databaseUrl, databaseListenUrl } = config
  if (broker === 'redis' && config.redisUrl !== null) {
    const { openRedis } = await import('./brokers/redis.ts')
    const redis = openRedis({ url: config.redisUrl, prefix: config.redisPrefix, node, log })
    return { ...overEngine(broker, redis.engine, parts), bus: redis.bus, close: redis.close }
  }
  if (broker === 'nats' && config.natsUrl !== null) {
    const { natsUrl: url, natsStream: stream, natsReplicas: replicas } = config
    const { openNats } = await import('./brokers/nats.ts')
    const nats = openNats({ url, stream, replicas, node, log })
    return { ...overEngine(broker, nats.engine, parts), bus: nats.bus, close: nats.close }
  }
  const { pool } = parts.database
  const history = new DatabaseHistory(pool, parts.settings, log)
  if (databaseUrl === null) {
    return { broker: createLocalBroker(pool, log), history, bus: silentBus, close: () => Promise.resolve() }
  }
  const listener = createPostgresListener(databaseListenUrl ?? databaseUrl, log)
  if (broker !== 'postgres') {
    const local = createLocalBroker(pool, log, listener)
    return { broker: local, history, bus: silentBus, close: () => listener.close() }
  }
  return {
    broker: createPostgresBroker(listener, pool, log),
    history,
    bus: createPostgresBus(node, listener, pool, log),
    close: () => listener.close(),
  }
}

/** The broker of a log that lies outside the database, with its archive in the database. */
function overEngine(kind: string, engine: EngineLog, { node, database, settings, log }: EngineParts) {
  const { pool } = database
  const broker = new EngineBroker({
    kind,
    engine,
    archived: async () => (await openLog(pool)).offset,
    takeScheduled: (ids, publish) => takeScheduled(pool, ids, publish),
    log,
  })
  const archiver = new Archiver({ node, pool, engine, head: () => broker.head, log })
  const history = new ArchivedHistory({ pool, engine, archiver, settings, isStoreThere: database.ok, log })
  return { broker, history }
}
