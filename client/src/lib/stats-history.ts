import type { Stats } from '../../../shared/api.ts'
import { sumStats } from '../../../shared/stats-sum.ts'

/** Figures of one second and when they reached this page, in epoch milliseconds. */
export interface Sample {
  at: number
  stats: Stats
}

/** The figures of the last minute: of all nodes together, and of each. */
export interface StatsHistory {
  /** The newest figures of each node that lives, the one that serves this page first. */
  readonly nodes: readonly Stats[]
  /** Every node that lives, though nothing may have come of it yet, by name; empty until known. */
  readonly names: readonly string[]
  /** Of a node, by default of all together, oldest first; a new array with each sample, empty for an unknown node. */
  samplesOf: (node: string | null) => readonly Sample[]
  /** Takes what a node tells; `isServing` is the one that serves this page: it says which others live. */
  add(stats: Stats, isServing: boolean): void
  subscribe: (listener: () => void) => () => void
}

/** How far back the small lines reach. */
export const HISTORY_MS = 60_000
/** For how long a sum waits for a node that has come, or has just been heard of; what came of it counts as long. */
const WAITED_FOR_MS = 10_000

const NONE: readonly Sample[] = []

/** Keeps the samples of the last minute. */
export function createStatsHistory(now: () => number = Date.now): StatsHistory {
  const listeners = new Set<() => void>()
  const byNode = new Map<string, readonly Sample[]>()
  /** Since when the nodes that live are known to do so. */
  let living = new Map<string, number>()
  let together: readonly Sample[] = NONE
  let nodes: readonly Stats[] = []

  function keep(samples: readonly Sample[], sample: Sample): readonly Sample[] {
    return [...samples.filter(({ at }) => at > sample.at - HISTORY_MS), sample]
  }

  /** Adds up once a second, when the serving node has told; not before each node has, which would look like a fall. */
  function addUp(names: readonly string[], at: number): void {
    living = new Map(names.map((name) => [name, living.get(name) ?? at]))
    for (const name of byNode.keys()) if (!living.has(name)) byNode.delete(name)
    const newest = names.flatMap((name) => byNode.get(name)?.at(-1) ?? [])
    nodes = newest.filter((sample) => at - sample.at <= WAITED_FOR_MS).map(({ stats }) => stats)
    const isWaiting = names.some((name) => !byNode.has(name) && at - (living.get(name) ?? 0) < WAITED_FOR_MS)
    if (!isWaiting) together = keep(together, { at, stats: sumStats(nodes) })
  }

  return {
    get nodes() {
      return nodes
    },
    get names() {
      return [...living.keys()].sort()
    },
    samplesOf: (node) => (node === null ? together : (byNode.get(node) ?? NONE)),
    add(stats, isServing) {
      const at = now()
      byNode.set(stats.node, keep(byNode.get(stats.node) ?? NONE, { at, stats }))
      if (isServing) addUp(stats.nodes, at)
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
