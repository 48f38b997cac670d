import { isScheduled, keysOf, type RecordHead } from './nats-record.ts'
import type { Append } from './broker.ts'

/** How long an idempotency key stands, in milliseconds. */
export const KEY_TTL_MS = 300_000
/** Scheduled messages that are remembered; they leave the schedule soon after they were published. */
const MAX_SCHEDULED = 100_000

/** Where something was published with a key. */
export interface KeyPlace {
  /** Of the stream's message that holds it. */
  seq: number
  /** Epoch milliseconds, by the clock of the engine. */
  atMs: number
}

/** The keys that were published with in the newest part of the log. */
export class NatsKeys {
  readonly #places = new Map<string, KeyPlace>()
  readonly #scheduled = new Set<string>()

  /** Takes the keys of a group, in the order of the log. */
  add(seq: number, { keys }: Pick<RecordHead, 'keys'>, atMs: number): void {
    for (const { key } of keys) {
      if (isScheduled(key)) this.#scheduled.add(key)
      else {
        this.#places.delete(key)
        this.#places.set(key, { seq, atMs })
      }
    }
    this.#sweep(Date.now())
  }

  /** Finds what was published with an idempotency key that still stands. */
  find(key: string): KeyPlace | null {
    const place = this.#places.get(key)
    return place !== undefined && Date.now() - place.atMs < KEY_TTL_MS ? place : null
  }

  /** Parts a group: true for an append that may be published, false for one whose keys are taken, also by one before. */
  judge(group: readonly Append[]): boolean[] {
    const own = new Set<string>()
    return group.map((append) => {
      const keys = keysOf(append)
      const isFree = keys.every((key) => !own.has(key) && !this.#scheduled.has(key) && this.find(key) === null)
      if (isFree) for (const key of keys) own.add(key)
      return isFree
    })
  }

  /** Sequence of the oldest message that a key that stands was published with; null for none. */
  oldestSeq(): number | null {
    this.#sweep(Date.now())
    for (const { seq } of this.#places.values()) return seq
    return null
  }

  clear(): void {
    this.#places.clear()
    this.#scheduled.clear()
  }

  /** A Map, like a Set, keeps the order of insertion: the oldest come first. */
  #sweep(nowMs: number): void {
    for (const [key, { atMs }] of this.#places) {
      if (nowMs - atMs < KEY_TTL_MS) break
      this.#places.delete(key)
    }
    for (const key of this.#scheduled) {
      if (this.#scheduled.size <= MAX_SCHEDULED) break
      this.#scheduled.delete(key)
    }
  }
}
