const BUCKETS = 10

/** Counts events over the last ten full seconds, without a timer. */
export class RateWindow {
  #counts: Uint32Array | null = null
  /** The second that the newest bucket belongs to. */
  #second = 0

  /** Counts `count` events at `nowMs` (epoch milliseconds). */
  add(count: number, nowMs: number): void {
    this.#counts ??= new Uint32Array(BUCKETS + 1)
    this.#forward(nowMs)
    const bucket = this.#second % this.#counts.length
    this.#counts[bucket] = this.#counts[bucket]! + count
  }

  /** Returns events per second over the last ten full seconds before `nowMs`; the running second does not count. */
  perSecond(nowMs: number): number {
    if (!this.#counts) return 0
    this.#forward(nowMs)
    const running = this.#second % this.#counts.length
    let sum = 0
    for (let i = 0; i < this.#counts.length; i++) if (i !== running) sum += this.#counts[i]!
    return sum / BUCKETS
  }

  #forward(nowMs: number): void {
    const second = Math.floor(nowMs / 1000)
    const counts = this.#counts!
    // A clock that jumps back must not wipe what was counted.
    const steps = Math.min(second - this.#second, counts.length)
    for (let i = 0; i < steps; i++) counts[(second - i) % counts.length] = 0
    if (steps > 0) this.#second = second
  }
}
