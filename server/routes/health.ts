import type { Router } from 'express'

/** One part that the server needs, and whether it is there. */
export interface Part {
  name: string
  ok: boolean
  /** Whether the server can do its work without it: then it is shown, and no more. */
  isOptional?: boolean
}

/** Adds `/healthz`, 200 while the process lives, and `/readyz`, 503 naming what is away (contract §4). */
export function healthRoutes(router: Router, parts: () => Part[]): void {
  router.get('/healthz', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'ok' })
  })
  router.get('/readyz', (_req, res) => {
    const states = parts()
    const away = states.filter(({ ok, isOptional }) => !ok && !isOptional).map(({ name }) => name)
    const body = {
      status: away.length === 0 ? 'ready' : 'unavailable',
      away,
      parts: Object.fromEntries(states.map(({ name, ok }) => [name, ok ? 'ok' : 'away'])),
    }
    if (away.length > 0) res.set('Retry-After', '2')
    res
      .set('Cache-Control', 'no-store')
      .status(away.length === 0 ? 200 : 503)
      .json(body)
  })
}
