import type pg from 'pg'
import type { Logger } from 'pino'
import { LOG_NOTIFICATION } from '../store/log.ts'
import type { Broker } from './broker.ts'
import { DatabaseBroker } from './database-broker.ts'
import type { PostgresListener } from './postgres-listener.ts'

/** How often the log is looked at without being told, in case a notification was missed. */
const POLL_MS = 500

/**
 * Creates the broker of nodes that share a PostgreSQL: all deliver the one order in which it committed. A notification
 * carries no message, only that there are some; each node reads them from the log.
 */
export function createPostgresBroker(listener: PostgresListener, pool: pg.Pool, log: Logger): Broker {
  const listen = (onGrown: (offset?: number) => void) => {
    const stop = listener.listen(
      LOG_NOTIFICATION,
      (offset) => onGrown(Number(offset)),
      () => onGrown(),
    )
    const poll = setInterval(() => onGrown(), POLL_MS).unref()
    return () => {
      stop()
      clearInterval(poll)
      return Promise.resolve()
    }
  }
  return new DatabaseBroker('postgres', pool, log, { notify: true, listen })
}
