import { YayinError } from '../../shared/errors.ts'
import { networkOf } from '../../shared/network.ts'
import { createExpiringCache, type ExpiringCache } from '../auth/expiring-cache.ts'

/** Failures that cost nothing; each one after them doubles the wait. */
const FREE_BY_ADDRESS = 10
const FREE_BY_ACCOUNT = 5
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 15 * 60_000
/** Failures are forgotten this long after the last one. */
const MEMORY_MS = 3_600_000
const MAX_ENTRIES = 20_000

/** Slows down the guessing of passwords and codes: by the address it comes from and by the account it is for. */
export interface SignInLimits {
  /** Counts an attempt before its outcome is known, so that many at once don't slip by; rejects with `rate_limited`. */
  attempt(ip: string, account: string | null): Promise<void>
  /** Takes a successful attempt back, and forgets the account's failures. */
  succeeded(ip: string, account: string | null): Promise<void>
}

interface Failures {
  count: number
  /** When the next attempt may be made, in epoch milliseconds. */
  openAtMs: number
}

/** Creates limits that live in memory: the wait after a failure grows from a second to a quarter of an hour. */
export function createSignInLimits(now: () => number = Date.now): SignInLimits {
  const byAddress = createExpiringCache<Failures>({ maxEntries: MAX_ENTRIES, now })
  const byAccount = createExpiringCache<Failures>({ maxEntries: MAX_ENTRIES, now })

  function count(cache: ExpiringCache<Failures>, key: string, free: number): void {
    const failures = cache.get(key) ?? { count: 0, openAtMs: 0 }
    const waitMs = failures.openAtMs - now()
    if (waitMs > 0) throw refusal(free, Math.ceil(waitMs / 1000))
    failures.count++
    if (failures.count >= free) failures.openAtMs = now() + waitAfter(failures.count - free)
    cache.set(key, failures, now() + MEMORY_MS)
  }

  return {
    async attempt(ip, account) {
      count(byAddress, networkOf(ip), FREE_BY_ADDRESS)
      if (account !== null) count(byAccount, accountKey(account), FREE_BY_ACCOUNT)
    },
    async succeeded(ip, account) {
      if (account !== null) byAccount.delete(accountKey(account))
      const failures = byAddress.get(networkOf(ip))
      if (!failures) return
      failures.count--
      if (failures.count < FREE_BY_ADDRESS) failures.openAtMs = 0
    },
  }
}

/** Returns the wait in milliseconds after the `n`th failure that costs one, counted from 0. */
function waitAfter(n: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** n)
}

function accountKey(account: string): string {
  return account.trim().toLowerCase()
}

function refusal(limit: number, retryAfterSeconds: number): YayinError {
  return new YayinError('rate_limited', `Too many failed sign-ins; try again in ${retryAfterSeconds} s.`, {
    retryAfterSeconds,
    quota: { name: 'sign-in', limit, windowSeconds: MEMORY_MS / 1000, remaining: 0, resetSeconds: retryAfterSeconds },
  })
}
