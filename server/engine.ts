import type { Logger } from 'pino'
import type { Broker } from './brokers/broker.ts'
import { type Bus, silentBus } from './brokers/bus.ts'
import { createLocalBroker } from './brokers/local.ts'
import { createPostgresBroker } from './brokers/postgres.ts'
import { createPostgresBus } from './brokers/postgres-bus.ts'
import { createPostgresListener } from './brokers/postgres-listener.ts'
import { type Config, ConfigError } from './config.ts'
import type { Database } from './store/database.ts'

/** What puts messages in order, and what the nodes tell each other beside it. */
export interface Engine {
  broker: Broker
  bus: Bus
  close(): Promise<void>
}

/** Picks the broker that the configuration names. */
export function createEngine(config: Config, node: string, { pool }: Database, log: Logger): Engine {
  const { broker, databaseUrl, databaseListenUrl } = config
  if (broker !== 'postgres' || databaseUrl === null) {
    return { broker: createLocalBroker(pool, log), bus: silentBus, close: () => Promise.resolve() }
  }
  const listener = createPostgresListener(databaseListenUrl ?? databaseUrl, log)
  return {
    broker: createPostgresBroker(listener, pool, log),
    bus: createPostgresBus(node, listener, pool, log),
    close: () => listener.close(),
  }
}

/** @throws ConfigError for a broker that the configuration knows and this version does not have */
export function checkBroker({ broker }: Config): void {
  if (broker === 'local' || broker === 'postgres') return
  throw new ConfigError([`BROKER is "${broker}", which this version does not have yet; it has local and postgres`])
}
