import { YayinError } from '../../shared/errors.ts'
import { networkOf } from '../../shared/network.ts'
import { createExpiringCache } from '../auth/expiring-cache.ts'

/** Wrong passcodes that cost nothing; each one after them doubles the wait. */
const FREE = 5
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 15 * 60_000
/** They are forgotten this long after the last one. */
const MEMORY_MS = 3_600_000
const MAX_ENTRIES = 20_000

/** Slows down the guessing of one room's passcode from one network. */
export interface PasscodeLimit {
  /** Counts a try before its outcome is known, so that many at once don't slip by. @throws YayinError `rate_limited` */
  attempt(roomId: string, ip: string): void
  /** Takes a try back that was right. */
  succeeded(roomId: string, ip: string): void
}

interface Tries {
  count: number
  /** When the next one may be made, in epoch milliseconds. */
  openAtMs: number
}

/** Creates a limit that lives in memory: the wait after a wrong passcode grows from a second to a quarter of an hour. */
export function createPasscodeLimit(now: () => number = Date.now): PasscodeLimit {
  const tries = createExpiringCache<Tries>({ maxEntries: MAX_ENTRIES, now })
  const keyOf = (roomId: string, ip: string) => `${roomId} ${networkOf(ip)}`
  return {
    attempt(roomId, ip) {
      const key = keyOf(roomId, ip)
      const known = tries.get(key) ?? { count: 0, openAtMs: 0 }
      const waitMs = known.openAtMs - now()
      if (waitMs > 0) throw refusal(Math.ceil(waitMs / 1000))
      known.count++
      if (known.count >= FREE)
        known.openAtMs = now() + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (known.count - FREE))
      tries.set(key, known, now() + MEMORY_MS)
    },
    succeeded(roomId, ip) {
      const known = tries.get(keyOf(roomId, ip))
      if (!known) return
      known.count--
      if (known.count < FREE) known.openAtMs = 0
    },
  }
}

function refusal(retryAfterSeconds: number): YayinError {
  const quota = { name: 'passcode', limit: FREE, windowSeconds: MEMORY_MS / 1000, remaining: 0 }
  return new YayinError('rate_limited', `Too many wrong passcodes; try again in ${retryAfterSeconds} s.`, {
    retryAfterSeconds,
    quota: { ...quota, resetSeconds: retryAfterSeconds },
  })
}
