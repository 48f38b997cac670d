import { YayinError } from '../../shared/errors.ts'
import { networkOf } from '../../shared/network.ts'
import { createExpiringCache } from '../auth/expiring-cache.ts'

/** Wrong passcodes that cost nothing; each one after them doubles the wait. */
const FREE = 5
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 15 * 60_000
/** They are forgotten this long after the last one. */
const MEMORY_MS = 3_600_000
/** Tries that wait for those before them. */
const MAX_WAITING = 100
const MAX_ENTRIES = 20_000

/** Slows down the guessing of one room's passcode from one network. */
export interface PasscodeLimit {
  /**
   * Resolves with what `verify` says. Tries of one network are looked at one after the other: many wrong ones at once
   * don't slip by, and many right ones, as of an office that comes to its meeting, are kept out by nothing.
   * @throws YayinError `rate_limited`
   */
  check(roomId: string, ip: string, verify: () => Promise<boolean>): Promise<boolean>
}

interface Tries {
  /** Wrong ones. */
  count: number
  /** When the next one may be made, in epoch milliseconds. */
  openAtMs: number
  waiting: number
  /** Settles with the last of those under way; never rejects. */
  last: Promise<unknown>
}

/** Creates a limit that lives in memory: the wait after a wrong passcode grows from a second to a quarter of an hour. */
export function createPasscodeLimit(now: () => number = Date.now): PasscodeLimit {
  const tries = createExpiringCache<Tries>({ maxEntries: MAX_ENTRIES, now })

  function assertOpen({ openAtMs }: Tries): void {
    const waitMs = openAtMs - now()
    if (waitMs > 0) throw refusal(Math.ceil(waitMs / 1000))
  }

  async function tryOne(known: Tries, verify: () => Promise<boolean>): Promise<boolean> {
    assertOpen(known)
    const isRight = await verify()
    if (!isRight && ++known.count >= FREE)
      known.openAtMs = now() + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (known.count - FREE))
    return isRight
  }

  return {
    async check(roomId, ip, verify) {
      const key = `${roomId} ${networkOf(ip)}`
      const known = tries.get(key) ?? { count: 0, openAtMs: 0, waiting: 0, last: Promise.resolve() }
      assertOpen(known)
      if (known.waiting >= MAX_WAITING) throw refusal(1)
      tries.set(key, known, now() + MEMORY_MS)
      known.waiting++
      const turn = known.last.then(() => tryOne(known, verify))
      known.last = turn.catch(() => undefined).then(() => known.waiting--)
      return turn
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
