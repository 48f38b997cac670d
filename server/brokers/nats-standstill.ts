/** Notices that nothing is read of a stream although there is more. */
export class Standstill {
  /** Sequence that was read at the last look, when there was more then already; else null. */
  #behindAt: number | null = null
  #sinceMs = 0

  /**
   * Takes in a look: up to which sequence was read, and what the newest one is. Tells whether nothing has come for
   * `limitMs` although there was more; what was written a moment ago may still be on its way.
   */
  look({ read, newest, nowMs, limitMs }: { read: number; newest: number; nowMs: number; limitMs: number }): boolean {
    if (newest <= read) this.#behindAt = null
    else if (this.#behindAt === read) return nowMs - this.#sinceMs >= limitMs
    else {
      this.#behindAt = read
      this.#sinceMs = nowMs
    }
    return false
  }
}
