import type { Delivery } from './delivery.ts'

/** A write to fewer connections is followed by no pause. */
const FEW = 100
/** Longest pause after a write, in milliseconds. */
const MAX_PAUSE_MS = 16
/** JSON text that is written without waiting for the end of a pause, in characters. */
const FULL_LENGTH = 32_768

/**
 * Writes messages to the connections, and returns how many of them it wrote to; `acceptedAtMs` are the moments at which
 * this node took the messages in.
 */
export type WriteOut = (deliveries: readonly Delivery[], acceptedAtMs: readonly number[]) => number

/**
 * Holds messages that have their place in the log until they are written to the connections. With many connections
 * a write costs milliseconds, however few messages it carries: so after each one the process has as much time for
 * publishers, and what they bring meanwhile goes out together. With few connections, or seldom writes, nothing waits.
 */
export class Outbox {
  readonly #write: WriteOut
  #deliveries: Delivery[] = []
  #acceptedAtMs: number[] = []
  #length = 0
  #pauseEndsAtMs = 0
  #timer: NodeJS.Timeout | null = null
  #scheduled = false

  constructor(write: WriteOut) {
    this.#write = write
  }

  /** Takes messages in log order; they are written at the end of the turn, or of the pause. */
  add(deliveries: readonly Delivery[], acceptedAtMs: readonly number[]): void {
    for (const delivery of deliveries) {
      this.#deliveries.push(delivery)
      this.#length += delivery.json.length
    }
    for (const atMs of acceptedAtMs) this.#acceptedAtMs.push(atMs)
    this.#schedule()
  }

  /** Writes what is held at once: for whoever must come after it. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#deliveries.length === 0) return
    const [deliveries, acceptedAtMs] = [this.#deliveries, this.#acceptedAtMs]
    this.#deliveries = []
    this.#acceptedAtMs = []
    this.#length = 0
    const startMs = performance.now()
    const written = this.#write(deliveries, acceptedAtMs)
    if (written >= FEW) this.pause(Math.min(performance.now() - startMs, MAX_PAUSE_MS))
  }

  /** Holds what comes within `ms` milliseconds from now, unless it is flushed. */
  pause(ms: number): void {
    this.#pauseEndsAtMs = performance.now() + ms
  }

  #schedule(): void {
    if (this.#scheduled) return
    const waitMs = this.#length >= FULL_LENGTH ? 0 : this.#pauseEndsAtMs - performance.now()
    if (waitMs > 0) {
      this.#timer ??= setTimeout(() => this.flush(), waitMs)
      return
    }
    this.#scheduled = true
    // Publishers are answered first, and what they send next arrives together while the connections are written to.
    process.nextTick(() => {
      this.#scheduled = false
      this.flush()
    })
  }
}
