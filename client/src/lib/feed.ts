import { hasWildcard, isPattern, matches } from '../../../shared/channel.ts'
import type { Message } from '../../../shared/protocol.ts'

/** A message in the list; `key` tells it from all others of this page, ephemeral ones too. */
export interface Entry {
  key: number
  message: Message
}

/** What the list shows, newest first, and how many wait behind the button. */
interface FeedView {
  entries: readonly Entry[]
  waiting: number
  /** Whether the past has been asked for: before that, an empty list says nothing. */
  settled: boolean
}

/** The newest messages, bounded, handed to the page at most once per frame. */
export interface Feed {
  readonly view: FeedView
  /** Takes a message as it arrives. */
  push(message: Message): void
  /** Puts older messages, newest first, below what has arrived; those that are there already are left out. */
  seed(messages: readonly Message[]): void
  /** While held, the list stands still and newcomers wait. */
  hold(held: boolean): void
  /** Shows channels that hold this text, or match it when it is a pattern; all when empty. */
  filter(text: string): void
  subscribe: (listener: () => void) => () => void
}

/** Calls back soon, at most once per frame; returns nothing to cancel, a late flush does no harm. */
export type Schedule = (flush: () => void) => void

/** Keeps the newest `limit` messages, and the newest `limit` that pass the filter. */
export function createFeed(limit: number, schedule: Schedule): Feed {
  const listeners = new Set<() => void>()
  let all: Entry[] = []
  let passing: Entry[] = []
  let passes = (_channel: string) => true
  let held = false
  let scheduled = false
  let waiting = 0
  let settled = false
  let lastKey = 0
  /** Ids that the archive gave before the stream did. */
  const seeded = new Set<string>()
  let view: FeedView = { entries: [], waiting: 0, settled: false }

  function publish() {
    // Held: the entries stay the very same array, so that rows neither move nor render again.
    view = { entries: held ? view.entries : passing.slice(-limit).toReversed(), waiting, settled }
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

  return {
    get view() {
      return view
    },
    push(message) {
      if (message.id !== undefined && seeded.delete(message.id)) return
      const entry = { key: ++lastKey, message }
      all = append(all, entry, limit)
      if (passes(message.channel)) {
        passing = append(passing, entry, limit)
        if (held) waiting++
      }
      publishSoon()
    },
    seed(messages) {
      const known = new Set(all.map((entry) => entry.message.id))
      const older = messages.filter((message) => !known.has(message.id)).toReversed()
      const entries = older.map((message) => ({ key: ++lastKey, message }))
      for (const { id } of older) if (id !== undefined) seeded.add(id)
      all = [...entries, ...all].slice(-limit)
      passing = all.filter((entry) => passes(entry.message.channel))
      settled = true
      publish()
    },
    hold(next) {
      if (held === next) return
      held = next
      if (!held) waiting = 0
      publish()
    },
    filter(text) {
      passes = channelFilter(text)
      passing = all.filter((entry) => passes(entry.message.channel))
      waiting = 0
      // The reader asked to see something else: show it even while held.
      view = { ...view, entries: passing.slice(-limit).toReversed() }
      publish()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Appends in place and drops the oldest half above twice the limit, so that no message costs a copy. */
function append(entries: Entry[], entry: Entry, limit: number): Entry[] {
  entries.push(entry)
  return entries.length > limit * 2 ? entries.slice(-limit) : entries
}

function channelFilter(text: string): (channel: string) => boolean {
  const wanted = text.trim()
  if (wanted === '') return () => true
  if (hasWildcard(wanted) && isPattern(wanted)) return (channel) => matches(wanted, channel)
  const lower = wanted.toLowerCase()
  return (channel) => channel.toLowerCase().includes(lower)
}
