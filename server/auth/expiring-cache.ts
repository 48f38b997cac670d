interface CacheOptions {
  /** Most entries; the one not used for longest goes first. */
  maxEntries: number
  now: () => number
}

/** Keeps values for a while in bounded memory. */
export interface ExpiringCache<V> {
  /** Returns the value, or undefined when it is unknown or its time is over. */
  get(key: string): V | undefined
  set(key: string, value: V, untilMs: number): void
  delete(key: string): void
  clear(): void
}

/** Creates a least-recently-used cache whose entries also expire. */
export function createExpiringCache<V>({ maxEntries, now }: CacheOptions): ExpiringCache<V> {
  // A Map keeps the order of insertion: re-inserting what is used leaves the oldest in front.
  const entries = new Map<string, { value: V; untilMs: number }>()
  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entries.delete(key)
      if (entry.untilMs <= now()) return undefined
      entries.set(key, entry)
      return entry.value
    },
    set(key, value, untilMs) {
      entries.delete(key)
      const oldest = entries.size >= maxEntries ? entries.keys().next().value : undefined
      if (oldest !== undefined) entries.delete(oldest)
      entries.set(key, { value, untilMs })
    },
    delete(key) {
      entries.delete(key)
    },
    clear() {
      entries.clear()
    },
  }
}
