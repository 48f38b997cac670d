import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { YayinError } from '../../shared/errors.ts'

const FAILURES = 10
const WINDOW_SECONDS = 15 * 60

/** Limits how often a sign-in may fail: by the address it comes from and by the account it is for. */
export interface SignInLimits {
  /** Counts an attempt before its outcome is known, so that many at once don't slip by; throws `rate_limited`. */
  attempt(ip: string, account: string | null): Promise<void>
  /** Takes a successful attempt back, and forgets the account's failures. */
  succeeded(ip: string, account: string | null): Promise<void>
}

/** Creates limits that live in memory: ten failures in fifteen minutes. */
export function createSignInLimits(): SignInLimits {
  const byAddress = new RateLimiterMemory({ points: FAILURES, duration: WINDOW_SECONDS })
  const byAccount = new RateLimiterMemory({ points: FAILURES, duration: WINDOW_SECONDS })
  return {
    async attempt(ip, account) {
      await consume(byAddress, network(ip))
      if (account !== null) await consume(byAccount, account.toLowerCase())
    },
    async succeeded(ip, account) {
      await byAddress.reward(network(ip))
      if (account !== null) await byAccount.delete(account.toLowerCase())
    },
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000))
    throw new YayinError('rate_limited', `Too many failed sign-ins; try again in ${retryAfterSeconds} s.`, {
      retryAfterSeconds,
    })
  }
}

/** One household of IPv6 has 2^64 addresses: they count as one. */
function network(ip: string): string {
  if (!ip.includes(':')) return ip
  const [head = ''] = ip.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  return [...groups, '0', '0', '0', '0'].slice(0, 4).join(':')
}
