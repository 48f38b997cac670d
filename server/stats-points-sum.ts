import type { StatsPoint, StatsSample } from '../shared/api.ts'
import { toPoint } from '../shared/stats-bucket.ts'

/** A node's newest figures stand for this long: nodes take theirs at other moments, and may be late. */
const HELD_MS = 10_000

interface Grid {
  stepSeconds: number
  sinceMs: number
  nowMs: number
}

/** A node's points of one step's time; of points of different lengths the shortest. */
type Slots = ReadonlyMap<number, readonly StatsPoint[]>

/**
 * Adds up what several nodes kept, each oldest first, into points of one step, aligned to the clock. A latency is that of
 * the node with the highest 99th percentile, and so is the lag. A node of which nothing is known for a while adds
 * nothing; where nothing is known of any, there is no point.
 */
export function sumPoints(ofNodes: readonly (readonly StatsPoint[])[], grid: Grid): StatsPoint[] {
  const stepMs = grid.stepSeconds * 1000
  const nodes = ofNodes.map((points) => createReader(slotsOf(points, stepMs), grid))
  const total: StatsPoint[] = []
  const last = Math.ceil(grid.nowMs / stepMs)
  for (let slot = Math.floor(grid.sinceMs / stepMs) + 1; slot <= last; slot++) {
    const endMs = Math.min(slot * stepMs, grid.nowMs)
    const samples = nodes.map((read) => read(slot, endMs)).filter((sample) => sample !== null)
    if (samples.length > 0) {
      total.push({ at: new Date(endMs).toISOString(), seconds: grid.stepSeconds, ...addUp(samples) })
    }
  }
  return total
}

/** Reads a node's slots in their order: the figures of each, else those of just before. */
function createReader(slots: Slots, { stepSeconds }: Grid): (slot: number, endMs: number) => StatsSample | null {
  let newest: StatsSample | null = null
  let newestMs = 0
  return (slot, endMs) => {
    const points = slots.get(slot)
    if (points !== undefined) {
      newest = sampleOf(toPoint(points.map(sampleOf), endMs, stepSeconds))
      newestMs = Math.max(...points.map(({ at }) => Date.parse(at)))
    }
    return newest !== null && endMs - newestMs <= HELD_MS ? newest : null
  }
}

function slotsOf(points: readonly StatsPoint[], stepMs: number): Slots {
  const slots = new Map<number, StatsPoint[]>()
  for (const point of points) {
    const end = Math.ceil(Date.parse(point.at) / stepMs)
    const covered = Math.max(1, Math.round((point.seconds * 1000) / stepMs))
    for (let slot = end - covered + 1; slot <= end; slot++) {
      const there = slots.get(slot) ?? []
      const shortest = there[0]?.seconds ?? Infinity
      if (point.seconds < shortest) slots.set(slot, [point])
      else if (point.seconds === shortest) there.push(point)
    }
  }
  return slots
}

function sampleOf({ at: _at, seconds: _seconds, ...sample }: StatsPoint): StatsSample {
  return sample
}

function addUp(samples: readonly StatsSample[]): StatsSample {
  const slowest = highest(samples, ({ latencyP99Ms }) => latencyP99Ms ?? -1)
  const laggiest = highest(samples, ({ lagP99Ms }) => lagP99Ms)
  const sum = (of: (sample: StatsSample) => number) =>
    Math.round(samples.reduce((total, sample) => total + of(sample), 0) * 1000) / 1000
  return {
    connections: sum(({ connections }) => connections),
    publishedPerSecond: sum(({ publishedPerSecond }) => publishedPerSecond),
    deliveredPerSecond: sum(({ deliveredPerSecond }) => deliveredPerSecond),
    latencyP50Ms: slowest.latencyP50Ms,
    latencyP99Ms: slowest.latencyP99Ms,
    lagP50Ms: laggiest.lagP50Ms,
    lagP99Ms: laggiest.lagP99Ms,
    rssBytes: sum(({ rssBytes }) => rssBytes),
    heapUsedBytes: sum(({ heapUsedBytes }) => heapUsedBytes),
    cpu: sum(({ cpu }) => cpu),
    databaseMs: highest(samples, ({ databaseMs }) => databaseMs ?? -1).databaseMs,
  }
}

function highest(samples: readonly StatsSample[], of: (sample: StatsSample) => number): StatsSample {
  return samples.reduce((most, sample) => (of(sample) > of(most) ? sample : most))
}
