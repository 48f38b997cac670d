/** How many seconds' worth of refused frames end a connection. */
const PATIENCE_SECONDS = 10
/** The share of the rate at which refused frames are forgotten. */
const FORGIVENESS = 0.1

/** What becomes of a frame: it is taken, refused, or the one too many that ends the connection. */
export type Verdict = 'taken' | 'refused' | 'too_many'

/** Limits the frames of one client: a steady rate, with twice as many at once. */
export class FrameLimit {
  readonly #perSecond: () => number
  #tokens: number
  #refused = 0
  #atMs: number

  constructor(perSecond: () => number, nowMs: number) {
    this.#perSecond = perSecond
    this.#tokens = perSecond() * 2
    this.#atMs = nowMs
  }

  take(nowMs: number): Verdict {
    const perSecond = this.#perSecond()
    const seconds = Math.max(0, nowMs - this.#atMs) / 1000
    this.#atMs = nowMs
    this.#tokens = Math.min(perSecond * 2, this.#tokens + seconds * perSecond)
    this.#refused = Math.max(0, this.#refused - seconds * perSecond * FORGIVENESS)
    if (this.#tokens >= 1) {
      this.#tokens--
      return 'taken'
    }
    this.#refused++
    return this.#refused > perSecond * PATIENCE_SECONDS ? 'too_many' : 'refused'
  }
}
