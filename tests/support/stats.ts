import type { StatsPoint, StatsSample } from '../../shared/api.ts'

/** Figures of a server that does nothing, but for `changes`. */
export function statsSample(changes: Partial<StatsSample> = {}): StatsSample {
  return {
    connections: 1,
    publishedPerSecond: 0,
    deliveredPerSecond: 0,
    latencyP50Ms: null,
    latencyP99Ms: null,
    lagP50Ms: 0,
    lagP99Ms: 0,
    rssBytes: 1000,
    heapUsedBytes: 500,
    cpu: 0,
    databaseMs: null,
    ...changes,
  }
}

/** The same over the time that ends at `endMs`, a second if not told. */
export function statsPoint(endMs: number, { at, seconds, ...changes }: Partial<StatsPoint> = {}): StatsPoint {
  return { at: at ?? new Date(endMs).toISOString(), seconds: seconds ?? 1, ...statsSample(changes) }
}
