import type { Receipt } from '../../shared/api.ts'

/** How long the first answer stands, in milliseconds. */
export const IDEMPOTENCY_TTL_MS = 300_000

/** Keeps the first answers to publishes that carry a key, so that a second one gets the same and publishes nothing. */
export class IdempotentAnswers {
  readonly #answers = new Map<string, { receipts: Promise<Receipt[]>; atMs: number }>()

  /** Returns the first answer for `key`, or runs `publish` and keeps what it answers; a failure is not kept. */
  once(key: string, nowMs: number, publish: () => Promise<Receipt[]>): Promise<Receipt[]> {
    this.#sweep(nowMs)
    const known = this.#answers.get(key)
    if (known) return known.receipts
    const receipts = publish()
    this.#answers.set(key, { receipts, atMs: nowMs })
    receipts.catch(() => this.#answers.delete(key))
    return receipts
  }

  /** Takes over an answer given before a restart. */
  restore(key: string, receipts: Receipt[], atMs: number): void {
    this.#answers.set(key, { receipts: Promise.resolve(receipts), atMs })
  }

  /** Drops old answers; a Map keeps the order of insertion, so the oldest come first. */
  #sweep(nowMs: number): void {
    for (const [key, { atMs }] of this.#answers) {
      if (nowMs - atMs < IDEMPOTENCY_TTL_MS) break
      this.#answers.delete(key)
    }
  }
}
