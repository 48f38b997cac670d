import type { LogRecord } from '../../../shared/api.ts'

/** Entries that came in while the page looks on, newest first, and how many wait. */
export interface LogTailView {
  shown: readonly LogRecord[]
  waiting: number
  /** How often older ones had to go, which the server still has. */
  overflows: number
}

/** The newest entries; while it is held they wait, and none is lost. */
export interface LogTail {
  readonly view: LogTailView
  push(log: LogRecord): void
  /** While held, what is shown stands still. */
  hold(held: boolean): void
  /** Forgets all: what is fetched next holds them. */
  clear(): void
  subscribe: (listener: () => void) => () => void
}

/** Calls back soon; many calls in between are one. */
type Schedule = (flush: () => void) => void

/** Keeps up to `limit` entries. */
export function createLogTail(limit: number, schedule: Schedule): LogTail {
  const listeners = new Set<() => void>()
  let all: LogRecord[] = []
  let held = false
  let waiting = 0
  let overflowed = false
  let overflows = 0
  let scheduled = false
  let view: LogTailView = { shown: [], waiting: 0, overflows: 0 }

  function publish() {
    view = { shown: held ? view.shown : all, waiting, overflows }
    for (const listener of listeners) listener()
  }

  function publishSoon() {
    if (scheduled) return
    scheduled = true
    schedule(() => {
      scheduled = false
      publish()
    })
  }

  /** A reader who reads is not disturbed by what is fetched anew. */
  function overflow() {
    all = []
    overflowed = held
    if (!held) overflows++
  }

  return {
    get view() {
      return view
    },
    push(log) {
      all = [log, ...all]
      if (held) waiting++
      if (all.length > limit) overflow()
      publishSoon()
    },
    hold(next) {
      if (held === next) return
      held = next
      if (!held) waiting = 0
      if (!held && overflowed) overflow()
      publish()
    },
    clear() {
      all = []
      publish()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
