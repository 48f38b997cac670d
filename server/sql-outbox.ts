import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Publisher } from './hub/publisher.ts'
import { moveWaiting, noteEngine, takeWaiting, type WaitingMessage } from './store/sql-outbox.ts'

/** How often it is looked what waits. */
const POLL_MS = 500

export interface SqlOutboxParts {
  config: Pick<Config, 'broker' | 'databaseUrl'>
  pool: pg.Pool
  publisher: Pick<Publisher, 'publish'>
  log: Logger
}

export interface SqlOutbox {
  /** Begins to look for what waits; resolves when transactions know where the log lies. */
  start(): Promise<void>
  stop(): Promise<void>
}

/**
 * Brings into the log what apps have published by `yayin_publish()` and what its commit could not bring there: where
 * the log lies with another engine than the database, and from transactions of stricter isolation.
 */
export function createSqlOutbox({ config, pool, publisher, log }: SqlOutboxParts): SqlOutbox {
  const isInDatabase = config.broker === 'local' || config.broker === 'postgres'
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> = Promise.resolve()
  let stopped = false

  const publish = ({ seq, channel, type, rest }: WaitingMessage) => {
    // A message that was published and not removed, since the node died in between, is known again by its key.
    const idempotencyKey = createHash('sha256').update(`sql\n${seq}`).digest('hex')
    return publisher.publish([{ channel, type, rest }], { from: null, idempotencyKey })
  }

  function next(): void {
    if (stopped) return
    timer = setTimeout(() => {
      working = (isInDatabase ? moveWaiting(pool) : takeWaiting(pool, publish))
        .then(() => undefined)
        .catch((err: unknown) => log.debug({ err }, 'What waits to be published from transactions could not be moved'))
        .finally(next)
    }, POLL_MS).unref()
  }

  return {
    async start() {
      await noteEngine(pool, isInDatabase ? null : config.broker)
      // Nobody else writes to the embedded database.
      if (config.databaseUrl !== null) next()
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await working
    },
  }
}
