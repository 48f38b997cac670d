import type { Stats } from '../../../shared/api.ts'

/** One second's figures and when they reached this page, in epoch milliseconds. */
export interface Sample {
  at: number
  stats: Stats
}

export interface StatsHistory {
  /** Oldest first; a new array with each sample. */
  readonly samples: readonly Sample[]
  add(stats: Stats): void
  subscribe: (listener: () => void) => () => void
}

/** How far back the small lines reach. */
export const HISTORY_MS = 60_000

/** Keeps the samples of the last minute. */
export function createStatsHistory(now: () => number = Date.now): StatsHistory {
  const listeners = new Set<() => void>()
  let samples: readonly Sample[] = []
  return {
    get samples() {
      return samples
    },
    add(stats) {
      const at = now()
      samples = [...samples.filter((sample) => sample.at > at - HISTORY_MS), { at, stats }]
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
