import type pg from 'pg'
import type { Logger } from 'pino'
import { backoffMs } from './backoff.ts'

/** How often a database that works is asked. */
const PING_EVERY_MS = 2000
/** How long it may take to answer before it counts as away. */
const PING_TIMEOUT_MS = 5000

export interface DatabaseWatch {
  /** Resolves once prepared; rejects when stopped before. */
  readonly ready: Promise<void>
  ok(): boolean
  latencyMs(): number | null
  stop(): Promise<void>
}

interface Options {
  pool: pg.Pool
  log: Logger
  /** Makes the database usable, once, as soon as it answers; lets go of it when the signal says so. */
  prepare: (signal: AbortSignal) => Promise<void>
}

/** Prepares a database, trying until it is there, and from then on keeps an eye on it. Logs once per change. */
export function watchDatabase({ pool, log, prepare }: Options): DatabaseWatch {
  const stopping = new AbortController()
  let state: 'starting' | 'ok' | 'away' = 'starting'
  let prepared = false
  let failures = 0
  let latencyMs: number | null = null
  let wake = () => {}
  const { promise: ready, resolve, reject } = deferred()
  // Whoever awaits it hears of a close; nobody has to.
  ready.catch(() => {})

  // An idle client that breaks would end the process if nobody listened.
  pool.on('error', () => wake())

  async function check(): Promise<void> {
    try {
      if (!prepared) await prepare(stopping.signal)
      prepared = true
      latencyMs = await ping(pool)
      failures = 0
      enter('ok')
      resolve()
    } catch (err) {
      latencyMs = null
      failures++
      enter('away', err)
    }
  }

  function enter(next: 'ok' | 'away', err?: unknown): void {
    if (state === next || stopping.signal.aborted) return
    if (next === 'away') log.warn({ err }, 'The database is away; trying again until it is back')
    else if (state === 'away') log.info('The database is back')
    state = next
  }

  async function loop(): Promise<void> {
    const stopped = new Promise<void>((done) => stopping.signal.addEventListener('abort', () => done()))
    while (!stopping.signal.aborted) {
      await Promise.race([check(), stopped])
      await pause(failures > 0 ? backoffMs(failures - 1) : PING_EVERY_MS)
    }
  }

  /** Waits, at most until something happens to the pool. */
  function pause(durationMs: number): Promise<void> {
    if (stopping.signal.aborted) return Promise.resolve()
    return new Promise((done) => {
      const timer = setTimeout(done, durationMs)
      // While it is not ready, waiting for it is what the process does.
      if (prepared) timer.unref()
      wake = () => {
        clearTimeout(timer)
        done()
      }
    })
  }

  const ended = loop()
  return {
    ready,
    ok: () => state === 'ok' && !stopping.signal.aborted,
    latencyMs: () => latencyMs,
    async stop() {
      stopping.abort()
      reject(new Error('the database was closed'))
      wake()
      await ended
    },
  }
}

/** Asks the least that can be asked; resolves with how long the answer took, in milliseconds. */
async function ping(pool: pg.Pool): Promise<number> {
  const startedAt = performance.now()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PING_TIMEOUT_MS} ms`)), PING_TIMEOUT_MS)
  })
  try {
    await Promise.race([pool.query('select 1'), late])
  } finally {
    clearTimeout(timer)
  }
  return Math.round((performance.now() - startedAt) * 100) / 100
}

function deferred(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let resolve = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
