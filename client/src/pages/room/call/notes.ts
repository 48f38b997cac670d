import { createValue, type Value } from '../../../lib/value.ts'

/** A short word on what just happened. */
export interface Note {
  id: number
  text: string
}

/** Notes that go away by themselves. */
export interface Notes {
  shown: Value<readonly Note[]>
  say: (text: string) => void
  /** Takes all away and forgets the timers. */
  clear: () => void
}

const SHOWN_MS = 5000
/** More at once hide the people. */
const MAX_SHOWN = 3

export function createNotes(): Notes {
  const shown = createValue<readonly Note[]>([])
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let lastId = 0

  return {
    shown,
    say(text) {
      const note = { id: ++lastId, text }
      shown.set([...shown.current, note].slice(-MAX_SHOWN))
      const timer = setTimeout(() => {
        timers.delete(timer)
        shown.set(shown.current.filter(({ id }) => id !== note.id))
      }, SHOWN_MS)
      timers.add(timer)
    },
    clear() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      shown.set([])
    },
  }
}
