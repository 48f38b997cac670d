/** Something that changes outside of React, as `useSyncExternalStore` reads it. */
export interface Store<S> {
  /** Works while somebody listens; what was read stays when nobody does any more. */
  subscribe(onChange: () => void): () => void
  getSnapshot(): S
  /** What is shown on a server, and before anything is known. */
  readonly first: S
}

/** What a store's work is given: how to change what is shown, and when to stop. */
export interface Work<S> {
  get(): S
  /** Readers hear of it once a turn, however much has changed. */
  set(change: Partial<S>): void
  signal: AbortSignal
}

/** Creates a store whose `work` begins with the first listener and is stopped with the last. */
export function createStore<S extends object>(first: S, work: (work: Work<S>) => void): Store<S> {
  const listeners = new Set<() => void>()
  let snapshot = first
  let next = first
  let stop: AbortController | null = null

  function set(change: Partial<S>): void {
    if (next === snapshot) queueMicrotask(show)
    next = { ...next, ...change }
  }

  function show(): void {
    snapshot = next
    for (const hear of [...listeners]) hear()
  }

  return {
    first,
    getSnapshot: () => snapshot,
    subscribe(onChange) {
      const entry = () => onChange()
      listeners.add(entry)
      if (stop === null) {
        stop = new AbortController()
        work({ get: () => next, set, signal: stop.signal })
      }
      return () => {
        listeners.delete(entry)
        if (listeners.size > 0) return
        stop?.abort()
        stop = null
      }
    },
  }
}
