/** Empty for this long, a channel is vacated: whoever reloads a page is back by then. */
export const VACANT_AFTER_MS = 3000

/** Knows which channels were told to be occupied, and what is to be told next. */
export class Occupancy {
  readonly #told: Set<string>
  readonly #emptySinceMs = new Map<string, number>()

  /** `told` are those that were told before. */
  constructor(told: Iterable<string>) {
    this.#told = new Set(told)
  }

  /** Channels that were told to be occupied. */
  get told(): ReadonlySet<string> {
    return this.#told
  }

  /** Looks at a channel; returns what is to be told of it, which `tell` then notes. */
  look(name: string, isOccupied: boolean, nowMs: number): 'occupied' | 'vacated' | null {
    if (isOccupied) {
      this.#emptySinceMs.delete(name)
      return this.#told.has(name) ? null : 'occupied'
    }
    if (!this.#told.has(name)) return null
    const sinceMs = this.#emptySinceMs.get(name)
    if (sinceMs === undefined) {
      this.#emptySinceMs.set(name, nowMs)
      return null
    }
    return nowMs - sinceMs >= VACANT_AFTER_MS ? 'vacated' : null
  }

  /** Notes that something was told; null that nobody wants to hear of the channel any more. */
  tell(name: string, what: 'occupied' | 'vacated' | null): void {
    if (what === 'occupied') this.#told.add(name)
    else this.#told.delete(name)
    this.#emptySinceMs.delete(name)
  }
}
