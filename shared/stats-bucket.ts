import type { StatsPoint, StatsSample } from './stats.ts'

type Figure = keyof StatsSample

/** Of these the highest is kept: a mean of the worst would hide it. */
const HIGHEST: ReadonlySet<Figure> = new Set<Figure>(['latencyP99Ms', 'lagP99Ms'])

/** Gathers samples into points of one length, aligned to the clock. */
export interface StatsBucket {
  /** Takes a sample of `atMs` (epoch milliseconds); returns the point before it when that is over. */
  add(sample: StatsSample, atMs: number): StatsPoint | null
  /** The point so far, which ends with its newest sample; null before the first. */
  peek(): StatsPoint | null
}

export function createStatsBucket(seconds: number): StatsBucket {
  const stepMs = seconds * 1000
  let slot = -1
  let newestMs = 0
  let samples: StatsSample[] = []

  const upTo = (endMs: number) => (samples.length === 0 ? null : toPoint(samples, endMs, seconds))

  return {
    peek: () => upTo(newestMs),
    add(sample, atMs) {
      const next = Math.floor(atMs / stepMs)
      // A clock that goes back stays in the slot that was begun.
      const over = next > slot ? upTo((slot + 1) * stepMs) : null
      if (next > slot) {
        slot = next
        samples = []
      }
      // Never the very end of the point before.
      newestMs = Math.max(atMs, slot * stepMs + 1)
      samples.push(sample)
      return over
    },
  }
}

/** The mean of samples, as a point that ends at `endMs`; there is at least one. */
export function toPoint(samples: readonly StatsSample[], endMs: number, seconds: number): StatsPoint {
  const figures = Object.keys(samples[0]!) as Figure[]
  const means = figures.map((figure) => [figure, gather(samples, figure)])
  const { connections, ...rest } = Object.fromEntries(means) as StatsSample
  return { at: new Date(endMs).toISOString(), seconds, connections, ...rest }
}

function gather(samples: readonly StatsSample[], figure: Figure): number | null {
  const values = samples.map((sample) => sample[figure]).filter((value) => value !== null)
  if (values.length === 0) return null
  const value = HIGHEST.has(figure) ? Math.max(...values) : values.reduce((sum, v) => sum + v, 0) / values.length
  return Math.round(value * 1000) / 1000
}
