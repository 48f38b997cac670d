/** What a call hears from its page. */
export interface PageEvents {
  /** The page goes away. */
  onGone: () => void
  /** The machine may be on another network. */
  onNetworkChange: () => void
}

const SETTLE_MS = 500

/** Listens to the page until `signal` ends it. */
export function listenToPage({ onGone, onNetworkChange }: PageEvents, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  // Changes come in bursts while an interface goes down and another one up.
  const changed = () => {
    clearTimeout(timer)
    timer = setTimeout(onNetworkChange, SETTLE_MS)
  }
  signal.addEventListener('abort', () => clearTimeout(timer))
  window.addEventListener('pagehide', onGone, { signal })
  window.addEventListener('online', changed, { signal })
  // Chromium alone tells of a change that does not go through being offline.
  const { connection } = navigator as { connection?: EventTarget }
  connection?.addEventListener('change', changed, { signal })
}
