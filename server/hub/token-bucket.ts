/** Limits events per key to a steady rate with a burst; keys that are full again are forgotten. */
export class TokenBuckets {
  readonly #buckets = new Map<string, { tokens: number; atMs: number }>()
  #sweptAtMs = 0

  /**
   * Takes `count` tokens of `key`'s bucket, which refills with `perSecond` up to `burst`.
   * Returns 0 when taken, else the seconds until they will be there. A `count` above the burst needs a full bucket.
   */
  take(key: string, count: number, perSecond: number, burst: number, nowMs: number): number {
    this.#sweep(perSecond, burst, nowMs)
    const bucket = this.#buckets.get(key) ?? { tokens: burst, atMs: nowMs }
    const elapsedMs = Math.max(0, nowMs - bucket.atMs)
    bucket.tokens = Math.min(burst, bucket.tokens + (elapsedMs / 1000) * perSecond)
    bucket.atMs = nowMs
    this.#buckets.set(key, bucket)
    const needed = Math.min(count, burst)
    if (bucket.tokens < needed) return (needed - bucket.tokens) / perSecond
    bucket.tokens -= count // a batch above the burst leaves a debt
    return 0
  }

  /** Puts back what was taken. */
  giveBack(key: string, count: number): void {
    const bucket = this.#buckets.get(key)
    if (bucket) bucket.tokens += count
  }

  /** Returns the tokens that the last `take` left in a bucket; below 0 after a batch above the burst. */
  left(key: string): number {
    return this.#buckets.get(key)?.tokens ?? 0
  }

  #sweep(perSecond: number, burst: number, nowMs: number): void {
    if (nowMs - this.#sweptAtMs < 60_000) return
    this.#sweptAtMs = nowMs
    for (const [key, { tokens, atMs }] of this.#buckets) {
      if (tokens + ((nowMs - atMs) / 1000) * perSecond >= burst) this.#buckets.delete(key)
    }
  }
}
