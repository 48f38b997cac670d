import { setTimeout as delay } from 'node:timers/promises'

interface Options {
  deadlineMs?: number
  everyMs?: number
  /** What is waited for, in words for the error. */
  what?: string
}

/**
 * Calls `condition` until it gives something truthy, and returns that.
 * Rejects after the deadline with the last error that it threw, or with what it gave.
 */
export async function until<T>(condition: () => T | Promise<T>, options: Options = {}): Promise<NonNullable<T>> {
  const { deadlineMs = 5000, everyMs = 10, what = condition.toString() } = options
  const endsAt = performance.now() + deadlineMs
  let last: unknown
  do {
    try {
      last = await condition()
      if (last) return last as NonNullable<T>
    } catch (error) {
      last = error
    }
    await delay(everyMs)
  } while (performance.now() < endsAt)
  throw new Error(`not within ${deadlineMs} ms: ${what}`, { cause: last })
}
