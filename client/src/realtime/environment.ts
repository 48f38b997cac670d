/** What the client needs of the browser; each part can be replaced, in tests and outside browsers. */
export interface Environment {
  EventSource: typeof EventSource
  fetch: typeof fetch
  /** Gives 0 ≤ n < 1. */
  random: () => number
  /** Fires `online`, `offline` and `pagehide`; null where there is no window. */
  window: EventTarget | null
  /** Fires `visibilitychange`; null where there is no document. */
  document: (EventTarget & { visibilityState: string }) | null
  /** Keeps the position across a reload; null where storage is missing or forbidden. */
  storage: Pick<Storage, 'getItem' | 'setItem'> | null
  /** What a relative address starts from; null where there is no page. */
  baseUrl: string | null
}

/** Takes what this browser has. */
export function browserEnvironment(): Environment {
  const hasWindow = typeof window !== 'undefined'
  return {
    EventSource: globalThis.EventSource,
    fetch: (...args) => globalThis.fetch(...args),
    random: Math.random,
    window: hasWindow ? window : null,
    document: typeof document === 'undefined' ? null : document,
    storage: sessionStorageIfAllowed(),
    baseUrl: typeof location === 'undefined' ? null : location.href,
  }
}

/** Reading `sessionStorage` throws where the reader has blocked storage. */
function sessionStorageIfAllowed(): Storage | null {
  try {
    return typeof sessionStorage === 'undefined' ? null : sessionStorage
  } catch {
    return null
  }
}
