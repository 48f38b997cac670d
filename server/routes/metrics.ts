import type { Router } from 'express'
import { admit, type RouteDeps } from './http.ts'

export interface MetricsDeps extends RouteDeps {
  metrics: { readonly contentType: string; text(): Promise<string> }
}

/** Adds `GET /metrics`: the server's figures as Prometheus text, read when asked for (contract §4). */
export function metricsRoutes(router: Router, deps: MetricsDeps): void {
  router.get('/metrics', async (req, res) => {
    await admit(req, res, 'view', deps)
    const { contentType, text } = deps.metrics
    res
      .set('Cache-Control', 'no-store')
      .type(contentType)
      .send(await text())
  })
}
