import { attempt, type Environment } from './environment.ts'
import type { News } from './news.ts'

/** Remembers how far has been read. */
export interface Position {
  /** As the server wrote it; null when nothing has been read. */
  readonly current: string | null
  /** Takes note of something that came; false when it is a message that has been heard before. */
  hear(news: News): boolean
  /** Writes it down for the next page load. */
  save: () => void
}

const PREFIX = 'yayin:position:'

/**
 * Keeps the position in memory, beginning at `start`, and, when `storageKey` is given, in the tab's storage across
 * reloads.
 */
export function keepPosition(
  storageKey: string | undefined,
  storage: Environment['storage'],
  start: string | null = null,
): Position {
  const key = PREFIX + storageKey
  let current = start ?? (storageKey === undefined ? null : (attempt(() => storage?.getItem(key)) ?? null))

  return {
    get current() {
      return current
    },
    hear(news) {
      const id = news.kind === 'message' ? news.message.id : news.kind === 'position' ? news.id : null
      if (id === null || id === undefined) return true
      const move = news.kind === 'position'
      const ahead = current === null || (move && news.reset) ? 1 : distance(current, id)
      // What stands at the same place may be a marked form of it, which the server knows by its spelling.
      if (ahead > 0 || (ahead === 0 && move)) current = id
      return move || ahead > 0
    },
    save() {
      const position = current
      // Storage may be full or forbidden: the client still resumes within this page.
      if (storageKey !== undefined && position !== null) attempt(() => storage?.setItem(key, position))
    },
  }
}

/** Returns how far `to` lies behind `from`: negative when it lies before, infinite in another epoch of the log. */
export function distance(from: string, to: string): number {
  const [epoch, offset] = from.split('.')
  const [otherEpoch, otherOffset] = to.split('.')
  return epoch === otherEpoch ? Number(otherOffset) - Number(offset) : Infinity
}
