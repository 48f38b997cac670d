/** Bounds of the wait before a reconnect: the longest wait doubles from `firstMs` up to `maxMs`. */
interface Backoff {
  firstMs: number
  maxMs: number
}

const DEFAULT_BACKOFF: Backoff = { firstMs: 1000, maxMs: 30_000 }

/**
 * Picks the wait in milliseconds before attempt `attempt` (1, 2, …), with full jitter: anywhere between 0 and
 * the longest wait of that attempt, so that clients cut together do not come back together.
 * `random` gives 0 ≤ n < 1.
 */
export function backoffMs(attempt: number, random: () => number, { firstMs, maxMs } = DEFAULT_BACKOFF): number {
  const longestMs = Math.min(maxMs, firstMs * 2 ** Math.max(0, attempt - 1))
  return Math.round(random() * longestMs)
}
