import { useSyncExternalStore } from 'react'

/** One value that components can watch. */
export interface Value<T> {
  readonly current: T
  set: (next: T) => void
  subscribe: (listener: () => void) => () => void
}

export function createValue<T>(initial: T): Value<T> {
  const listeners = new Set<() => void>()
  let current = initial
  return {
    get current() {
      return current
    },
    set(next) {
      if (Object.is(current, next)) return
      current = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Renders again when the value changes. */
export function useValue<T>(value: Value<T>): T {
  return useSyncExternalStore(value.subscribe, () => value.current)
}
