import type pg from 'pg'
import type { Logger } from 'pino'
import type { Broker } from './broker.ts'
import { DatabaseBroker } from './database-broker.ts'

/** Creates the broker of one process over its own database. */
export function createLocalBroker(pool: pg.Pool, log: Logger): Broker {
  return new DatabaseBroker('local', pool, log, null)
}
