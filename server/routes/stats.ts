import type { Router } from 'express'
import { getStats, type Stats } from '../../shared/api.ts'
import { defineRoute, type RouteDeps } from './http.ts'

export interface StatsDeps extends RouteDeps {
  readStats: () => Stats
}

/** Adds `GET /api/stats` (contract §10). */
export function statsRoutes(router: Router, deps: StatsDeps): void {
  defineRoute(router, getStats, () => deps.readStats(), deps)
}
