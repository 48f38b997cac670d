import type { Request } from './request.ts'
import type { Tokens } from './tokens.ts'

/** Hands fresh tokens in to a connection that stands, before the old ones run out. */
export interface Renewal {
  /** `onDropped` hears of channels that a fresh token does not allow any more. */
  start(connectionId: string, onDropped: (channel: string) => void): void
  stop(): void
}

/** How long before its end a token is replaced at the latest, in milliseconds. */
const BEFORE_MS = 60_000
/** Share of its life that is left then, when that is less. */
const SHARE = 0.2
/** One that ends this soon is not worth the question: the connection comes again with another. */
const TOO_LATE_MS = 1000
/** Longest wait that a timer can be set to. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** Creates the renewal; without `getToken`, or for tokens that do not show when they end, it does nothing. */
export function createRenewal(tokens: Tokens, request: Request): Renewal {
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  function start(connectionId: string, onDropped: (channel: string) => void) {
    const mine = ++turn
    clearTimeout(timer)
    const leftMs = tokens.renewable ? endOf(tokens.last) - Date.now() : 0
    if (!(leftMs > TOO_LATE_MS)) return
    // Where it fails, the connection ends with the token, and comes again with another.
    const begin = () => void renew().catch(() => {})
    timer = setTimeout(begin, Math.min(leftMs - Math.min(BEFORE_MS, leftMs * SHARE), MAX_TIMER_MS))

    async function renew(): Promise<void> {
      const body = { token: await tokens.fresh() }
      if (mine !== turn) return
      const { dropped } = await request<{ dropped: string[] }>('PATCH', `api/connections/${connectionId}`, { body })
      if (mine !== turn) return
      for (const channel of dropped) onDropped(channel)
      start(connectionId, onDropped)
    }
  }

  return {
    start,
    stop() {
      turn++
      clearTimeout(timer)
    },
  }
}

/** When a JWT ends (RFC 7519 §4.1.4), in epoch milliseconds; NaN when it does not show. */
export function endOf(token: string | null | undefined): number {
  try {
    const payload = token!.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')
    return Number((JSON.parse(atob(payload)) as { exp?: unknown }).exp) * 1000
  } catch {
    return Number.NaN
  }
}
