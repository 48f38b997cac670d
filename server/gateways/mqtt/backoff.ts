const FIRST_MS = 500
const MOST_MS = 30_000

/** Returns how long to wait before the broker is tried for the `failures`th time in a row; `random` is of [0, 1). */
export function backoffMs(failures: number, random: number): number {
  const usual = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10))
  // Half of it is left to chance, so that nodes do not come back in one instant.
  return Math.round(usual * (0.5 + random / 2))
}
