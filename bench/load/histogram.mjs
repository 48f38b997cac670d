/** Buckets to each power of two: percentiles are right to 3 %. */
const SUB = 32

export const BUCKETS = SUB * 40

/**
 * Returns the bucket of a duration in microseconds.
 * @param {number} us
 */
export function bucketOf(us) {
  if (us < SUB) return us
  const exponent = Math.floor(Math.log2(us)) - 4
  return Math.min(exponent * SUB + Math.floor(us / 2 ** (exponent - 1)) - SUB, BUCKETS - 1)
}

/**
 * Returns the duration below which `share` of what was counted lies, in microseconds.
 * @param {ArrayLike<number>} counts
 * @param {number} share
 */
export function percentileUs(counts, share) {
  let total = 0
  for (let i = 0; i < BUCKETS; i++) total += counts[i] ?? 0
  let seen = 0
  for (let i = 0; i < BUCKETS; i++) {
    seen += counts[i] ?? 0
    if (seen > share * total) return i < SUB ? i : ((i % SUB) + SUB) * 2 ** (Math.floor(i / SUB) - 1)
  }
  return 0
}
