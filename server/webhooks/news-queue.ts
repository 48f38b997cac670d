import type { Logger } from 'pino'
import type { WebhookNews } from '../store/webhook-outbox.ts'

/** How long events are gathered before they are written together, and how long after the database was away. */
const WRITE_AFTER_MS = 50
const RETRY_MS = 1000
/** Events that are written together, and that wait in memory at most. */
const BATCH = 500
const MOST_WAITING = 20_000

export interface NewsQueueParts {
  write: (news: readonly WebhookNews[]) => Promise<void>
  log: Pick<Logger, 'warn' | 'debug'>
}

/** Events of connections on their way into the database. */
export interface NewsQueue {
  /** Never waits. Beyond 20,000 that wait, which takes a database that is away, events are lost. */
  add(news: WebhookNews): void
  /** Writes what waits, if it can. */
  close(): Promise<void>
}

/** Creates the queue, which writes in batches so that nobody who connects waits for it. */
export function createNewsQueue({ write, log }: NewsQueueParts): NewsQueue {
  const waiting: WebhookNews[] = []
  let lost = 0
  let closed = false
  let timer: NodeJS.Timeout | null = null
  let working: Promise<boolean> | null = null

  function schedule(afterMs: number): void {
    if (closed) return
    timer ??= setTimeout(() => {
      timer = null
      working = work().finally(() => {
        working = null
      })
      void working.then((isDone) => {
        if (waiting.length > 0) schedule(isDone ? 0 : RETRY_MS)
      })
    }, afterMs).unref()
  }

  /** False when the database does not take it; what was to be written waits on. */
  async function work(): Promise<boolean> {
    const batch = waiting.slice(0, BATCH)
    if (batch.length === 0) return true
    try {
      await write(batch)
      waiting.splice(0, batch.length)
      return true
    } catch (err) {
      log.debug({ err }, 'Events for webhooks could not be written; trying again')
      return false
    } finally {
      if (lost > 0) log.warn({ lost }, 'Events for webhooks were lost, since too many waited for the database')
      lost = 0
    }
  }

  return {
    add(news) {
      if (waiting.length >= MOST_WAITING) {
        lost++
        return
      }
      waiting.push(news)
      if (working === null) schedule(WRITE_AFTER_MS)
    },
    async close() {
      closed = true
      if (timer !== null) clearTimeout(timer)
      await working
      while (waiting.length > 0 && (await work()));
    },
  }
}
