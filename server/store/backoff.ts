const FIRST_MS = 200
const LONGEST_MS = 5000

/** Milliseconds to wait before the next try, after `failures` earlier ones: 200 at first, doubled up to 5000. */
export function backoffMs(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** failures)
}
