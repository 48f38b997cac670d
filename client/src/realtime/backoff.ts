const FIRST_MS = 1000
const MAX_MS = 30_000

/**
 * Picks the wait in milliseconds before attempt `attempt` (1, 2, …), with full jitter: anywhere between 0 and the longest
 * wait of that attempt, which doubles up to a limit, so that clients cut together do not come back together.
 * `random` gives 0 ≤ n < 1.
 */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(MAX_MS, FIRST_MS * 2 ** (attempt - 1)))
}
