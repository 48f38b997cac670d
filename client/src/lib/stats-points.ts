import type { Stats, StatsPoint, StatsSample, StatsSpan } from '../../../shared/api.ts'
import { createStatsBucket } from '../../../shared/stats-bucket.ts'
import { STATS_SPANS } from '../../../shared/stats-spans.ts'

/** How long one point of a span stands for, in seconds. */
const STEPS: Record<StatsSpan, number> = { '5m': 1, '1h': 10, '24h': 300 }

/** What the server told of the past, and what has come in since. */
export interface StatsPoints {
  /** Oldest first, within the span up to the newest; a new array with each sample. */
  readonly points: readonly StatsPoint[]
  add(stats: Stats, atMs: number): void
}

/** Goes on where `past` ends, in steps of the same length. */
export function createStatsPoints(span: StatsSpan, past: readonly StatsPoint[]): StatsPoints {
  const bucket = createStatsBucket(STEPS[span])
  const spanMs = STATS_SPANS[span] * 1000
  let closed = [...past]
  let points: readonly StatsPoint[] = past

  return {
    get points() {
      return points
    },
    add(stats, atMs) {
      const over = bucket.add(sampleOf(stats), atMs)
      if (over !== null) closed.push(over)
      const since = new Date(atMs - spanMs).toISOString()
      closed = closed.filter(({ at }) => at > since)
      const running = bucket.peek()
      points = running === null ? closed : [...closed, running]
    },
  }
}

/** Of all the figures those that are kept. */
function sampleOf({ connections, messages, deliveryLatencyMs, ...stats }: Stats): StatsSample {
  const delivers = deliveryLatencyMs.p99 > 0
  return {
    connections: connections.current,
    publishedPerSecond: messages.publishedPerSecond,
    deliveredPerSecond: messages.deliveredPerSecond,
    latencyP50Ms: delivers ? deliveryLatencyMs.p50 : null,
    latencyP99Ms: delivers ? deliveryLatencyMs.p99 : null,
    lagP50Ms: stats.eventLoopLagMs.p50,
    lagP99Ms: stats.eventLoopLagMs.p99,
    rssBytes: stats.memory.rssBytes,
    heapUsedBytes: stats.memory.heapUsedBytes,
    cpu: stats.cpu,
    databaseMs: stats.database.latencyMs,
  }
}
