import type { Flags } from './room-api.ts'

/** Keeps the room's word of one's devices in step with what they do. */
export interface FlagReporter {
  /** Tells the room what differs from what it was told last. */
  report: (flags: Flags) => void
  /** Takes note that the hub has changed one by itself. */
  adopt: (flags: Flags) => void
  /** Tells it again what did not get through. */
  retry: () => void
}

/** Reports one change at a time, so that the last one is what stays; one that fails waits for `retry`. */
export function createFlagReporter(told: Flags, update: (flags: Flags) => Promise<unknown>): FlagReporter {
  let wanted: Flags = { ...told }
  let isBusy = false

  async function drain() {
    if (isBusy) return
    isBusy = true
    for (let changes = differing(); changes !== null; changes = differing()) {
      const asked = changes
      const isDone = await update(asked).then(
        () => true,
        () => false,
      )
      if (!isDone) break
      told = { ...told, ...asked }
    }
    isBusy = false
  }

  function differing(): Flags | null {
    const changed = Object.entries(wanted).filter(([key, value]) => told[key as keyof Flags] !== value)
    return changed.length === 0 ? null : Object.fromEntries(changed)
  }

  return {
    report(flags) {
      wanted = { ...wanted, ...flags }
      void drain()
    },
    adopt(flags) {
      told = { ...told, ...flags }
      wanted = { ...wanted, ...flags }
    },
    retry: () => void drain(),
  }
}
