import type { Receipt } from '../../shared/api.ts'
import { YayinError } from '../../shared/errors.ts'
import { formatPosition } from '../../shared/protocol.ts'
import type { KeptAnswer } from '../brokers/broker.ts'

/** How long the first answer stands, in milliseconds. */
export const IDEMPOTENCY_TTL_MS = 300_000

/** Keeps the first answers to publishes that carry a key, so that a second one gets the same and publishes nothing. */
export class IdempotentAnswers {
  readonly #answers = new Map<string, { receipts: Promise<Receipt[]>; atMs: number }>()
  /** Keys whose publish failed, with the time: it may have come into the log all the same. */
  readonly #doubtful = new Map<string, number>()
  readonly #recall: (key: string) => Promise<KeptAnswer | null>

  /** `recall` looks up an answer that was kept with its messages. */
  constructor(recall: (key: string) => Promise<KeptAnswer | null>) {
    this.#recall = recall
  }

  /** Returns the first answer for `key`, or runs `publish` and keeps what it answers; a failure is not kept. */
  once(key: string, nowMs: number, publish: () => Promise<Receipt[]>): Promise<Receipt[]> {
    this.#sweep(nowMs)
    const known = this.#answers.get(key)
    if (known) return known.receipts
    const receipts = this.#doubtful.has(key) ? this.#again(key, nowMs, publish) : this.#first(key, nowMs, publish)
    this.#answers.set(key, { receipts, atMs: nowMs })
    receipts.catch(() => {
      this.#answers.delete(key)
      this.#doubtful.delete(key)
      this.#doubtful.set(key, nowMs)
    })
    return receipts
  }

  /** Takes over an answer given before a restart. */
  restore(key: string, receipts: Receipt[], atMs: number): void {
    this.#answers.set(key, { receipts: Promise.resolve(receipts), atMs })
  }

  /** Another node may have published with the key: then its answer is the first one. */
  async #first(key: string, nowMs: number, publish: () => Promise<Receipt[]>): Promise<Receipt[]> {
    try {
      return await publish()
    } catch (error) {
      if (!(error instanceof YayinError) || error.code !== 'conflict') throw error
      const kept = await this.#find(key, nowMs)
      if (kept === null) throw error
      return kept
    }
  }

  async #again(key: string, nowMs: number, publish: () => Promise<Receipt[]>): Promise<Receipt[]> {
    return (await this.#find(key, nowMs)) ?? this.#first(key, nowMs, publish)
  }

  async #find(key: string, nowMs: number): Promise<Receipt[] | null> {
    const kept = await this.#recall(key).catch((error: unknown) => {
      const detail = 'it can not be told yet whether this was published before'
      throw new YayinError('unavailable', detail, { retryAfterSeconds: 1, cause: error })
    })
    return kept && nowMs - kept.atMs < IDEMPOTENCY_TTL_MS ? receiptsOf(kept) : null
  }

  /** Drops old answers; a Map keeps the order of insertion, so the oldest come first. */
  #sweep(nowMs: number): void {
    for (const [key, { atMs }] of this.#answers) {
      if (nowMs - atMs < IDEMPOTENCY_TTL_MS) break
      this.#answers.delete(key)
    }
    for (const [key, atMs] of this.#doubtful) {
      if (nowMs - atMs < IDEMPOTENCY_TTL_MS) break
      this.#doubtful.delete(key)
    }
  }
}

/** Puts the receipts of a kept answer together again. */
export function receiptsOf({ answer, first }: Pick<KeptAnswer, 'answer' | 'first'>): Receipt[] {
  const receipts = JSON.parse(answer) as Omit<Receipt, 'id'>[]
  return receipts.map((receipt, i) => ({
    id: formatPosition({ epoch: first.epoch, offset: first.offset + i }),
    ...receipt,
  }))
}
