import type { LogEntry } from '../brokers/broker.ts'

const MAX_ENTRIES = 8192
const MAX_CHARACTERS = 8 * 1024 * 1024

/**
 * The newest part of the log, kept in memory without a message missing, so that a connection which was away for
 * a moment is caught up without a query, and a replay can end in one turn of the event loop.
 */
export class RecentLog {
  #entries: LogEntry[] = []
  /** Entries before this index have been let go. */
  #start = 0
  #characters = 0
  /** Offset before the oldest entry kept. */
  #before = 0

  /** Empties it; what follows begins after `offset`. */
  reset(offset: number): void {
    this.#entries = []
    this.#start = 0
    this.#characters = 0
    this.#before = offset
  }

  /** Takes entries in log order, each following the one before. */
  push(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      this.#entries.push(entry)
      this.#characters += entry.body.length
    }
    while (this.#entries.length - this.#start > MAX_ENTRIES || this.#characters > MAX_CHARACTERS) this.#shift()
    // Dropped entries are cut off in one go, before they hold more memory than those that are kept.
    if (this.#start > this.#entries.length / 2) {
      this.#entries = this.#entries.slice(this.#start)
      this.#start = 0
    }
  }

  /** Tells whether everything after `offset` is here. */
  covers(offset: number): boolean {
    return offset >= this.#before
  }

  /** Returns up to `limit` entries after `offset`, which must be covered. */
  after(offset: number, limit: number): LogEntry[] {
    const from = this.#indexAfter(offset)
    return this.#entries.slice(from, from + limit)
  }

  /** Offsets grow, and some may belong to no message. */
  #indexAfter(offset: number): number {
    let low = this.#start
    let high = this.#entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#entries[middle]!.offset <= offset) low = middle + 1
      else high = middle
    }
    return low
  }

  #shift(): void {
    const entry = this.#entries[this.#start]!
    this.#start++
    this.#characters -= entry.body.length
    this.#before = entry.offset
  }
}
