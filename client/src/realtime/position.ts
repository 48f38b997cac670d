import type { Environment } from './environment.ts'

/** Remembers how far the client has read. */
export interface PositionKeeper {
  /** Null when nothing has been read. */
  readonly current: string | null
  advance(position: string): void
  /** Writes it down for the next page load. */
  save: () => void
}

const PREFIX = 'yayin:position:'

/** Keeps the position in memory and, when `storageKey` is given, in the tab's storage across reloads. */
export function keepPosition(storageKey: string | null, storage: Environment['storage']): PositionKeeper {
  const key = storageKey === null ? null : PREFIX + storageKey
  let current = key === null ? null : read(storage, key)
  return {
    get current() {
      return current
    },
    advance(position) {
      // WHATWG: an empty last event ID means that none has been set.
      if (position !== '') current = position
    },
    save() {
      if (key !== null && current !== null) write(storage, key, current)
    },
  }
}

function read(storage: Environment['storage'], key: string): string | null {
  try {
    return storage?.getItem(key) ?? null
  } catch {
    return null
  }
}

function write(storage: Environment['storage'], key: string, value: string): void {
  try {
    storage?.setItem(key, value)
  } catch {
    // Storage is full or forbidden: the client still resumes within this page.
  }
}
