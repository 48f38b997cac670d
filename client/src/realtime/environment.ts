/** What the client needs of its surroundings; each part can be replaced, in tests and where one is missing. */
export interface Environment {
  fetch: typeof fetch
  /** Null where there is none, as in Node 20; Server-Sent Events are all there is then. */
  WebSocket: typeof WebSocket | null
  /** Gives 0 ≤ n < 1. */
  random: () => number
  /** Fires `online`, `offline`, `pageshow` and `pagehide`; null where there is no window. */
  window: EventTarget | null
  /** Fires `visibilitychange`; null where there is no document. */
  document: (EventTarget & { visibilityState: string }) | null
  /** Keeps the position across a reload; null where storage is missing or forbidden. */
  storage: Pick<Storage, 'getItem' | 'setItem'> | null
  /** What a relative address starts from; null where there is no page. */
  baseUrl: string | null
  /** Elects the tab that holds the connection of all; null where there is none, and each tab has its own. */
  locks: LockManager | null
}

/** Takes what this browser, or this Node, has. */
export function ownEnvironment(): Environment {
  const { window, document, location, WebSocket } = globalThis as Partial<typeof globalThis>
  return {
    fetch: (...args) => globalThis.fetch(...args),
    WebSocket: WebSocket ?? null,
    random: Math.random,
    window: window ?? null,
    document: document ?? null,
    storage: sessionStorageIfAllowed(),
    baseUrl: location?.href ?? null,
    // Node has locks too, and no tabs.
    locks: (window && navigator.locks) ?? null,
  }
}

/** Reading `sessionStorage` throws where the reader has blocked storage. */
function sessionStorageIfAllowed(): Storage | null {
  try {
    return window.sessionStorage
  } catch {
    return null
  }
}
