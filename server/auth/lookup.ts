import { createExpiringCache } from './expiring-cache.ts'

const MAX_ENTRIES = 10_000

interface LookupOptions<V> {
  load: (key: string) => Promise<V | null>
  /** How long a loaded value may be used, in epoch milliseconds. */
  untilMs: (value: V) => number
  now: () => number
}

/** A slow source behind a cache; what is cached comes at once, without a promise. */
export interface Lookup<V> {
  get(key: string): V | Promise<V | null>
  /** Makes the next `get` load again. */
  forget(key: string): void
  /** The same for all keys. */
  forgetAll(): void
}

/** Creates a lookup that loads one key once, however many ask for it meanwhile. What is not found is not kept. */
export function createLookup<V extends object>({ load, untilMs, now }: LookupOptions<V>): Lookup<V> {
  const cache = createExpiringCache<V>({ maxEntries: MAX_ENTRIES, now })
  const loading = new Map<string, Promise<V | null>>()

  function fetch(key: string): Promise<V | null> {
    const promise: Promise<V | null> = load(key)
      .then((value) => {
        // If it was forgotten in the meantime, what was read may be out of date.
        if (value !== null && loading.get(key) === promise) cache.set(key, value, untilMs(value))
        return value
      })
      .finally(() => {
        if (loading.get(key) === promise) loading.delete(key)
      })
    loading.set(key, promise)
    return promise
  }

  return {
    get(key) {
      const known = cache.get(key) ?? loading.get(key)
      return known ?? fetch(key)
    },
    forget(key) {
      cache.delete(key)
      loading.delete(key)
    },
    forgetAll() {
      cache.clear()
      loading.clear()
    },
  }
}
