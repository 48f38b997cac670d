import { setTimeout as delay } from 'node:timers/promises'

/** What goes on until the demo ends; what goes wrong is told, and stops nothing. */
export interface Life {
  readonly signal: AbortSignal
  /** Does something over and over, `waitMs` after each time. */
  repeat(waitMs: () => number, work: () => unknown): void
  /** Does something once. */
  once(work: () => Promise<unknown>): void
  /** Waits; rejects when the demo ends. */
  wait(ms: number): Promise<void>
}

const MOST_TOLD = 5

export function createLife(signal: AbortSignal): Life {
  let told = 0

  async function safely(work: () => unknown): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (signal.aborted || ++told > MOST_TOLD) return
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    }
  }

  const wait = (ms: number) => delay(ms, undefined, { signal })

  return {
    signal,
    wait,
    once: (work) => void safely(work),
    repeat(waitMs, work) {
      void safely(async () => {
        while (!signal.aborted) {
          await wait(waitMs())
          await safely(work)
        }
      })
    },
  }
}
