import pg from 'pg'
import type { Logger } from 'pino'
import { LOG_NOTIFICATION } from '../store/log.ts'
import type { Broker } from './broker.ts'
import { DatabaseBroker } from './database-broker.ts'

/** How often the log is looked at without being told, in case a notification was missed. */
const POLL_MS = 500
/** Pause before the listening connection is made anew. */
const RECONNECT_MS = 500

/**
 * Creates the broker of nodes that share a PostgreSQL: all deliver the one order in which it committed. A notification
 * carries no message, only that there are some; each node reads them from the log.
 */
export function createPostgresBroker(connectionString: string, pool: pg.Pool, log: Logger): Broker {
  const listen = (onGrown: () => void) => listenForGrowth(connectionString, log, onGrown)
  return new DatabaseBroker('postgres', pool, log, { notify: true, listen })
}

function listenForGrowth(connectionString: string, log: Logger, onGrown: () => void): () => Promise<void> {
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  /** LISTEN belongs to a connection, so it has one of its own. */
  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString, keepAlive: true, application_name: 'yayin-listen' })
    client = fresh
    fresh.on('notification', onGrown)
    fresh.on('error', (err) => log.debug({ err }, 'The listening connection broke'))
    fresh.on('end', () => {
      if (!stopped && client === fresh) timer = setTimeout(reconnect, RECONNECT_MS).unref()
    })
    await fresh.connect()
    await fresh.query(`listen ${LOG_NOTIFICATION}`)
    // What came in between was told to nobody.
    onGrown()
  }

  function reconnect(): void {
    connect().catch((err: unknown) => {
      log.debug({ err }, 'The listening connection could not be made')
      const failed = client
      client = null
      void failed?.end().catch(() => undefined)
      if (!stopped) timer = setTimeout(reconnect, RECONNECT_MS).unref()
    })
  }

  reconnect()
  const poll = setInterval(onGrown, POLL_MS).unref()
  return async () => {
    stopped = true
    clearTimeout(timer)
    clearInterval(poll)
    await client?.end().catch(() => undefined)
  }
}
