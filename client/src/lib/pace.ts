import type { Schedule } from './feed.ts'

/** Least time between two renders of the list: faster than this nobody reads. */
const MIN_INTERVAL_MS = 100

/** Flushes in an animation frame, so that a hidden tab rests, and no more often than every 100 ms. */
export function paceByFrame(requestFrame: (callback: () => void) => unknown): Schedule {
  let flushedAt = -Infinity
  return (flush) => {
    const run = () => {
      flushedAt = performance.now()
      flush()
    }
    const waitMs = flushedAt + MIN_INTERVAL_MS - performance.now()
    if (waitMs <= 0) requestFrame(run)
    else setTimeout(() => requestFrame(run), waitMs)
  }
}
