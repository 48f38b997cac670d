/** The server's default, in milliseconds. */
const INTERVAL_MS = 25_000
/** Heartbeats that may be missing, and a little more. */
const MISSED = 2.2

/** Tells when a stream has fallen silent. */
export interface Watch {
  /** Something came; `beat`: a heartbeat. */
  heard(beat: boolean): void
  /** Looks at once, rather than at the end of the wait: the machine may have slept. */
  check(): void
  /** Begins with a new stream. */
  start(): void
  stop(): void
}

/**
 * Watches for heartbeats, whose interval it learns; `intervalMs` stands until then. When they stay away, `onSuspect` may ask the other side for a sign
 * of life and returns how long that may take in milliseconds; without one `onSilent` is called.
 */
export function watchSilence(onSuspect: () => number, onSilent: () => void, intervalMs = INTERVAL_MS): Watch {
  /** Null while nothing is watched. */
  let heardAt: number | null = null
  /** Null until there was one. */
  let beatAt: number | null = null
  let suspect = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function check() {
    clearTimeout(timer)
    if (heardAt === null) return
    const leftMs = heardAt + intervalMs * MISSED - Date.now()
    if (leftMs > 0) timer = setTimeout(check, leftMs)
    else if (suspect) {
      // Without a single beat it may be that they come at a longer interval.
      if (beatAt === null) intervalMs *= 2
      onSilent()
    } else {
      suspect = true
      timer = setTimeout(check, onSuspect())
    }
  }

  return {
    heard(beat) {
      heardAt = Date.now()
      suspect = false
      if (!beat) return
      if (beatAt !== null) intervalMs = Math.max(1000, heardAt - beatAt)
      beatAt = heardAt
      check()
    },
    check,
    start() {
      beatAt = null
      suspect = false
      heardAt = Date.now()
      check()
    },
    stop() {
      heardAt = null
      clearTimeout(timer)
    },
  }
}
