import type pg from 'pg'

/** Hears of each call of the database: how long it took, in milliseconds, and whether it was answered. */
export type OnQuery = (durationMs: number, ok: boolean) => void

/** Measures all queries of a pool's connections from now on. */
export function measureQueries(pool: pg.Pool, onQuery: OnQuery): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    const measured = (...args: unknown[]): unknown => {
      const sinceMs = performance.now()
      const note = (ok: boolean) => onQuery(performance.now() - sinceMs, ok)
      const last = args.at(-1)
      if (typeof last === 'function') {
        const tell = last as (error: unknown, result: unknown) => void
        return query(...args.slice(0, -1), (error: unknown, result: unknown) => {
          note(!error)
          tell(error, result)
        })
      }
      const answer = query(...args)
      if (answer instanceof Promise) {
        answer.then(
          () => note(true),
          () => note(false),
        )
      }
      return answer
    }
    client.query = measured as typeof client.query
  })
}
