import type { Frame } from './frame.ts'
import type { Link } from './link.ts'
import type { News } from './news.ts'
import type { Ending } from './state.ts'

/** One attempt to connect, and the connection that comes of it; aborted when it is to close. */
export type Attempt = AbortController & { link?: Link }

/** What a client has open. */
export interface Place {
  /** The one that counts. */
  attempt: Attempt
  /** Set while the server sends clients to another one: there are two then. */
  moving?: Moving | undefined
}

/** A connection on its way from one server to another. */
export interface Moving {
  /** Hears what either of the two brings; true when nothing more is to be done with it. */
  hear(attempt: Attempt, frame: Frame | null, id: string | null): boolean
  /** Hears of the end of either; true when the other one goes on. */
  end(attempt: Attempt, ending: Ending): boolean
  /** Closes the one that does not count. */
  stop(): void
}

/** Puts an attempt in its place and opens its link. */
type Open = (attempt: Attempt) => unknown
type Distance = (from: string, to: string) => number

/** The least and the most wait before another attempt, in milliseconds: the last one may have met the server that goes. */
const AGAIN_MS = [100, 400] as const
/** How long the old connection stays once the new one has caught up with it: for what is in no log. */
const LINGER_MS = 150
/** How long what the new one brings is still compared with what the old one has brought. */
const COMPARE_MS = 1000
/** The old connection is left at the latest this long after the new one stands. */
const MOST_MS = 5000

/**
 * Makes before it breaks: opens the next connection, within `spreadMs`, and leaves the old one when the new one stands and
 * has brought as much. What is in the log is told apart by its position, by whoever hears it; what is not, is counted here.
 */
export function moveOver(
  place: Place,
  spreadMs: number,
  open: Open,
  tell: (news: News) => void,
  distance: Distance,
): void {
  const from = place.attempt
  let next: Attempt | null = null
  let moved = false
  /** Whether the new one has caught up. */
  let even = false
  /** Where each of the two is. */
  const places = new Map<Attempt, string>()
  const isTwice = createCounter()
  let timer = setTimeout(tryNext, Math.random() * spreadMs)

  function wait(act: () => void, ms: number) {
    clearTimeout(timer)
    timer = setTimeout(act, ms)
  }

  function tryNext() {
    next = new AbortController()
    open(next)
  }

  function leave() {
    from.abort()
    wait(() => (place.moving = undefined), COMPARE_MS)
  }

  function compare() {
    const [old, fresh] = [places.get(from), places.get(next!)]
    if (even || (old !== undefined && (fresh === undefined || distance(old, fresh) < 0))) return
    even = true
    wait(leave, LINGER_MS)
  }

  /** The old one's word counts for messages alone, and for being sent away. */
  function hearOld(frame: Frame | null): boolean {
    if (frame?.type === 'disconnect') return frame.reconnect
    if (frame?.type === 'presence_join' || frame?.type === 'presence_leave') tell({ kind: 'presence', frame })
    else if (isMessage(frame) && !(even && frame.id)) tell({ kind: 'message', message: frame })
    return true
  }

  place.moving?.stop()
  place.moving = {
    hear(attempt, frame, id) {
      if (attempt === next && !moved) {
        if (frame?.type !== 'connected') return true
        moved = true
        place.attempt = next
        wait(leave, MOST_MS)
      }
      if (isTwice(attempt, frame)) return true
      if (id !== null) places.set(attempt, id)
      if (!moved) return false
      compare()
      return attempt === from && hearOld(frame)
    },
    end(attempt, ending) {
      if (attempt === from && moved) {
        leave()
        return true
      }
      if (attempt !== next || moved) return false
      attempt.abort()
      const [least, most] = AGAIN_MS
      if (ending.kind === 'lost') wait(tryNext, least + Math.random() * (most - least))
      return true
    },
    stop() {
      clearTimeout(timer)
      place.moving = undefined
      if (moved) from.abort()
      else next?.abort()
    },
  }
}

const SPOKEN = ['connected', 'disconnect', 'unsubscribed', 'presence_join', 'presence_leave']

function isMessage(frame: Frame | null): frame is Extract<Frame, { type: 'message' }> {
  return frame !== null && !SPOKEN.includes(frame.type)
}

/**
 * Creates what tells whether something that has no position was brought by the other connection already. The same may be
 * said several times over: as often as one of the two has brought it, it is told.
 */
function createCounter(): (attempt: Attempt, frame: Frame | null) => boolean {
  const counts = new Map<string, Map<Attempt, number>>()
  return (attempt, frame) => {
    const counted = isMessage(frame) ? frame.id === undefined : frame?.type.startsWith('presence_')
    if (!counted) return false
    const key = JSON.stringify(frame)
    const count = counts.get(key) ?? new Map<Attempt, number>()
    counts.set(key, count)
    const most = Math.max(0, ...count.values())
    const own = (count.get(attempt) ?? 0) + 1
    count.set(attempt, own)
    return own <= most
  }
}
