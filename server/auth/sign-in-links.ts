import { randomBytes } from 'node:crypto'
import { hashToken } from './hash.ts'

/** How long a code may be used. */
const LIFETIME_MS = 15 * 60_000
/** Most codes at once; the oldest goes first. */
const MAX_CODES = 100

/** One-time codes by which a user signs in without a password. They live in memory: a restart ends them. */
export interface SignInLinks {
  /** Makes a code for a user, good for 15 minutes. */
  issue(userId: string): string
  /** Returns the user of a code and ends it; null when it is unknown, used or too old. */
  redeem(code: string): string | null
  /** The same by the hash of a code. */
  redeemHash(hash: string): string | null
}

/** Creates the keeper of sign-in codes. */
export function createSignInLinks(now: () => number = Date.now): SignInLinks {
  // Kept by hash: how far a guess matches can't be told from the time that a look-up takes.
  const codes = new Map<string, { userId: string; expiresAt: number }>()
  function redeemHash(hash: string): string | null {
    const entry = codes.get(hash)
    codes.delete(hash)
    return entry !== undefined && entry.expiresAt > now() ? entry.userId : null
  }
  return {
    issue(userId) {
      const oldest = codes.size >= MAX_CODES ? codes.keys().next().value : undefined
      if (oldest !== undefined) codes.delete(oldest)
      const code = randomBytes(24).toString('base64url')
      codes.set(hashToken(code), { userId, expiresAt: now() + LIFETIME_MS })
      return code
    },
    redeem: (code) => redeemHash(hashToken(code)),
    redeemHash,
  }
}
