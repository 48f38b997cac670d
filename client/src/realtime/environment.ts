/** What the client needs of its surroundings; each part can be replaced, in tests and where one is missing: undefined. */
export interface Environment {
  fetch: typeof fetch
  /** Missing in Node 20; Server-Sent Events are all there is then. */
  WebSocket: typeof WebSocket | undefined
  /** Reads the JSON of what comes; throws for what is none. */
  parse: (json: string) => unknown
  /** Gives 0 ≤ n < 1. */
  random: () => number
  /** Fires `online`, `offline`, `pageshow` and `pagehide`. */
  window: EventTarget | undefined
  /** Fires `visibilitychange`. */
  document: (EventTarget & { visibilityState: string }) | undefined
  /** Keeps the position across a reload. */
  storage: Pick<Storage, 'getItem' | 'setItem'> | undefined
  /** What a relative address starts from: the page's own. */
  baseUrl: string | undefined
}

/** Takes what this browser, or this Node, has. */
export function ownEnvironment(): Environment {
  const { window, document, location, WebSocket } = globalThis as Partial<typeof globalThis>
  return {
    fetch: globalThis.fetch.bind(globalThis),
    WebSocket,
    parse: JSON.parse,
    random: Math.random,
    window,
    document,
    // Reading it throws where the reader has blocked storage.
    storage: attempt(() => sessionStorage),
    baseUrl: location?.href,
  }
}

/** Returns what `work` does; undefined when it throws, as storage that is full or forbidden does. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
