import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { STATS_SPANS, type StatsPoint, type StatsSample, type StatsSpan } from '../shared/api.ts'
import { createStatsBucket, toPoint } from '../shared/stats-bucket.ts'
import type { Tail } from './stats-past.ts'
import { COARSE_SECONDS, FINE_SECONDS, type StatsHistoryStore } from './store/stats-history.ts'

/** Seconds that are remembered one by one. */
const REMEMBERED = STATS_SPANS['5m']
/** Points that wait for a database that is away: one hour's. */
const MAX_WAITING = 3600 / FINE_SECONDS
/** How long a close may hold up the end of the process. */
const CLOSE_TIMEOUT_MS = 2000

interface StatsHistoryParts {
  store: StatsHistoryStore
  /** What this node's rows are kept under. */
  node: () => string
  /** Whether the database is there; what is to be written waits for it. */
  isStoreThere: () => boolean
  log: Logger
}

/** The figures of the past: the last minutes in memory, the last day in the database. */
export interface StatsHistoryKeeper {
  /** Takes each second's sample; writes in the background, and never throws. */
  add(sample: StatsSample, atMs: number): void
  /** What is remembered here; see {@link Tail}. */
  tail(span: StatsSpan): Tail
  /** Writes what is left. Never rejects. */
  close(): Promise<void>
}

export function createStatsHistory({ store, node, isStoreThere, log }: StatsHistoryParts): StatsHistoryKeeper {
  const bucket = createStatsBucket(FINE_SECONDS)
  let seconds: StatsPoint[] = []
  let waiting: StatsPoint[] = []
  let rolledUpTo = 0
  let failed = false
  let writing: Promise<void> | null = null

  async function write(nowMs: number): Promise<void> {
    const points = waiting
    try {
      const name = node()
      await store.insert(name, points)
      waiting = waiting.filter((point) => !points.includes(point))
      const slot = Math.floor(nowMs / 1000 / COARSE_SECONDS)
      if (slot > rolledUpTo) {
        await store.rollUp(name, nowMs)
        await store.trim(nowMs)
        rolledUpTo = slot
      }
      failed = false
    } catch (err) {
      if (!failed) log.warn({ err }, 'Cannot write the history of the figures; trying again')
      failed = true
    }
  }

  /** What is not in the database yet, the running point included. */
  function unwritten(): StatsPoint[] {
    const running = bucket.peek()
    return running === null ? waiting : [...waiting, running]
  }

  function tail(span: StatsSpan): Tail {
    return { name: node(), points: span === '5m' ? seconds.slice(-REMEMBERED) : unwritten() }
  }

  return {
    add(sample, atMs) {
      seconds.push(toPoint([sample], atMs, 1))
      if (seconds.length > REMEMBERED * 1.2) seconds = seconds.slice(-REMEMBERED)
      const over = bucket.add(sample, atMs)
      if (over === null) return
      waiting = [...waiting, over].slice(-MAX_WAITING)
      if (isStoreThere()) writing ??= write(atMs).finally(() => (writing = null))
    },
    tail,
    async close() {
      waiting = unwritten()
      const written = (writing ?? Promise.resolve()).then(() => write(0))
      await Promise.race([written, delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })])
    },
  }
}
