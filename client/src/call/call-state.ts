import type { CallSnapshot } from './snapshot.ts'

/** The one snapshot that a page watches. */
export interface CallState {
  readonly current: CallSnapshot
  /** Replaces it when something in it differs, and tells the listeners. */
  set: (next: CallSnapshot) => void
  subscribe: (listener: () => void) => () => void
}

export function createCallState(initial: CallSnapshot): CallState {
  const listeners = new Set<() => void>()
  let current = initial
  return {
    get current() {
      return current
    },
    set(next) {
      const keys = Object.keys(next) as (keyof CallSnapshot)[]
      if (keys.every((key) => Object.is(current[key], next[key]))) return
      current = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
