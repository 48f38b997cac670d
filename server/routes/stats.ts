import type { Router } from 'express'
import { getStats, getStatsHistory, type Stats, type StatsHistory, type StatsSpan } from '../../shared/api.ts'
import { defineRoute, type RouteDeps } from './http.ts'

export interface StatsDeps extends RouteDeps {
  /** Reads the figures of a node, by default of this one, or of all. */
  readStats: (node: string | undefined) => Promise<Stats>
  /** Reads how the same figures were in a span that ends at `nowMs`. */
  readStatsHistory: (span: StatsSpan, node: string | undefined, nowMs: number) => Promise<StatsHistory>
}

/** Adds the figures of now and of the past (contract §10). */
export function statsRoutes(router: Router, deps: StatsDeps): void {
  defineRoute(router, getStats, ({ query }) => deps.readStats(query.node), deps)
  defineRoute(router, getStatsHistory, ({ query }) => deps.readStatsHistory(query.span, query.node, Date.now()), deps)
}
