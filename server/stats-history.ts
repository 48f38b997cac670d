import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { STATS_SPANS, type StatsHistory, type StatsPoint, type StatsSample, type StatsSpan } from '../shared/api.ts'
import { createStatsBucket, toPoint } from '../shared/stats-bucket.ts'
import { COARSE_SECONDS, FINE_SECONDS, type StatsHistoryStore } from './store/stats-history.ts'

/** Seconds that are remembered one by one. */
const REMEMBERED = STATS_SPANS['5m']
/** Points that wait for a database that is away: one hour's. */
const MAX_WAITING = 3600 / FINE_SECONDS
/** How long a close may hold up the end of the process. */
const CLOSE_TIMEOUT_MS = 2000

interface StatsHistoryParts {
  store: StatsHistoryStore
  /** This node. */
  node: string
  /** Whether the database is there; what is to be written waits for it. */
  isStoreThere: () => boolean
  log: Logger
}

/** The figures of the past: the last minutes in memory, the last day in the database. */
export interface StatsHistoryKeeper {
  /** Takes each second's sample; writes in the background, and never throws. */
  add(sample: StatsSample, atMs: number): void
  /** Reads a span up to `nowMs`, oldest first. Rejects when the database is needed and away. */
  read(span: StatsSpan, node: string | undefined, nowMs: number): Promise<StatsHistory>
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
      await store.insert(node, points)
      waiting = waiting.filter((point) => !points.includes(point))
      const slot = Math.floor(nowMs / 1000 / COARSE_SECONDS)
      if (slot > rolledUpTo) {
        await store.rollUp(node, nowMs)
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

  async function ofThisNode(span: StatsSpan, since: Date, nowMs: number): Promise<StatsPoint[]> {
    if (span === '5m') {
      const recent = seconds.filter(({ at }) => Date.parse(at) > since.getTime())
      const first = recent[0] === undefined ? nowMs : Date.parse(recent[0].at)
      if (first - since.getTime() < FINE_SECONDS * 1000) return recent
      const older = await store.list({ node, seconds: FINE_SECONDS, since })
      return [...older.filter(({ at }) => Date.parse(at) < first), ...recent]
    }
    const tail = unwritten()
    const stored = await readStored(node, span, since)
    const known = new Set(stored.map(({ at, seconds }) => `${seconds} ${at}`))
    return [...stored, ...tail.filter(({ at, seconds }) => !known.has(`${seconds} ${at}`))]
  }

  /** Of a day the coarse rows, and the fine ones after them. */
  async function readStored(of: string, span: StatsSpan, since: Date): Promise<StatsPoint[]> {
    if (span !== '24h') return store.list({ node: of, seconds: FINE_SECONDS, since })
    const coarse = await store.list({ node: of, seconds: COARSE_SECONDS, since })
    const end = coarse.at(-1)
    const fine = await store.list({ node: of, seconds: FINE_SECONDS, since: end ? new Date(end.at) : since })
    return [...coarse, ...fine]
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
    async read(span, of = node, nowMs) {
      const since = new Date(nowMs - STATS_SPANS[span] * 1000)
      const points = of === node ? await ofThisNode(span, since, nowMs) : await readStored(of, span, since)
      const nodes = await store.nodes().catch(() => [])
      return { span, node: of, nodes: [...new Set([...nodes, node])].sort(), points }
    },
    async close() {
      waiting = unwritten()
      const written = (writing ?? Promise.resolve()).then(() => write(0))
      await Promise.race([written, delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })])
    },
  }
}
