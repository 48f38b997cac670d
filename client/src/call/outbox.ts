import type { Signal } from '../../../shared/video.ts'

/** What became of a signal that was posted. */
export type Posted =
  | 'sent'
  /** The hub did not answer, or asked for patience. */
  | 'again'
  /** The other is gone, or the signal itself is wrong: it and all that wait would be refused again. */
  | 'refused'

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 4000

/** Signals to one participant on their way to the hub: in order, each until it is taken. */
export interface Outbox {
  /** Adds one; what it gives is looked at when its turn comes, and null leaves it out. */
  add: (make: () => Promise<Signal | null> | Signal | null) => void
  /** Holds everything back, or lets it go: while the hub does not hear us, it cannot bring answers either. */
  setOpen: (open: boolean) => void
  close: () => void
}

type Make = Parameters<Outbox['add']>[0]

/** Creates one that holds everything back; `post` must not reject. */
export function createOutbox(post: (signal: Signal) => Promise<Posted>): Outbox {
  const waiting: Make[] = []
  let isOpen = false
  let isBusy = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function drain() {
    if (isBusy) return
    isBusy = true
    for (let make = next(); make !== undefined; make = next()) {
      const signal = await make()
      const posted = signal === null ? 'sent' : await post(signal)
      if (posted === 'again') {
        waiting.unshift(make)
        timer = setTimeout(() => void drain(), waitMs(failures++))
        break
      }
      if (posted === 'refused') waiting.length = 0
      failures = 0
    }
    isBusy = false
  }

  function waitMs(attempt: number) {
    return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt)
  }

  function next(): Make | undefined {
    return isOpen ? waiting.shift() : undefined
  }

  return {
    add(make) {
      waiting.push(make)
      if (failures === 0) void drain()
    },
    setOpen(open) {
      isOpen = open
      clearTimeout(timer)
      failures = 0
      if (open) void drain()
    },
    close() {
      isOpen = false
      clearTimeout(timer)
      waiting.length = 0
    },
  }
}
