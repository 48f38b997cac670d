import type pg from 'pg'
import type { Logger } from 'pino'
import { LOG_NOTIFICATION } from '../store/log.ts'
import type { Broker } from './broker.ts'
import { DatabaseBroker } from './database-broker.ts'
import type { PostgresListener } from './postgres-listener.ts'

/**
 * Creates the broker of one process over its own database. `listener` hears what apps that share the database append by
 * `yayin_publish()`; null where nobody shares it.
 */
export function createLocalBroker(pool: pg.Pool, log: Logger, listener: PostgresListener | null = null): Broker {
  if (listener === null) return new DatabaseBroker('local', pool, log, null)
  const listen = (onGrown: () => void) => {
    const stop = listener.listen(LOG_NOTIFICATION, onGrown, onGrown)
    return () => Promise.resolve(stop())
  }
  return new DatabaseBroker('local', pool, log, { notify: false, listen })
}
