import { randomBytes } from 'node:crypto'
import type { AdminCaller } from './caller.ts'
import { hashToken } from './hash.ts'
import { createLookup } from './lookup.ts'
import type { SessionStore, UserRow } from './stores.ts'

const DAY_MS = 86_400_000
/** A session ends this long after it was last used. */
const SESSION_MS = 7 * DAY_MS
/** A session in use is prolonged at most this often. */
const EXTEND_INTERVAL_MS = 3_600_000
/** How long a session found in the database is believed. */
const MAX_AGE_MS = 5000
/** How exact "last seen" is. */
const TOUCH_INTERVAL_MS = 60_000
/** For this long after it was prolonged, answers tell the browser. */
const RENEWAL_MS = 60_000

/** What a session's token begins with. */
export const SESSION_PREFIX = 'ys_'

interface SessionsOptions {
  store: SessionStore
  now?: () => number
}

/** Where a session was begun from. */
interface Origin {
  ip: string | null
  userAgent: string | null
}

/** Begins, finds and ends the dashboard's sessions. */
export interface Sessions {
  start(user: Pick<UserRow, 'id'>, origin: Origin): Promise<{ token: string; expiresAt: Date }>
  /** Finds who is signed in, and prolongs the session; null when it is unknown or over. */
  find(tokenHash: string): AdminCaller | Promise<AdminCaller | null>
  end(tokenHash: string): Promise<void>
  /** Ends all sessions of a user but the one of `exceptHash`; resolves with how many there were. */
  endAll(userId: string, exceptHash?: string): Promise<number>
  /** Makes the next `find` of these sessions look into the database: after their user was changed or removed. */
  forget(tokenHashes: Iterable<string>): void
  /** The same for every session: another node may have ended one. */
  forgetAll(): void
  /** Tells whether the session was prolonged so recently that its cookie should be sent anew. */
  isRenewed(caller: AdminCaller): boolean
}

/** Creates the keeper of dashboard sessions; only hashes of their tokens are stored. */
export function createSessions({ store, now = Date.now }: SessionsOptions): Sessions {
  const lookup = createLookup<AdminCaller>({
    load,
    now,
    untilMs: (caller) => Math.min(now() + MAX_AGE_MS, caller.expiresAt),
  })

  async function load(tokenHash: string): Promise<AdminCaller | null> {
    const found = await store.findByTokenHash(tokenHash)
    if (found === null || found.session.expiresAt.getTime() <= now()) return null
    const { id, email, name, role } = found.user
    const user = { id, email, name, role }
    if (now() - found.session.lastSeenAt.getTime() >= TOUCH_INTERVAL_MS) await store.touch(tokenHash)
    return { kind: 'admin', user, sessionHash: tokenHash, expiresAt: await prolong(tokenHash, found.session.expiresAt) }
  }

  async function prolong(tokenHash: string, expiresAt: Date): Promise<number> {
    const until = now() + SESSION_MS
    if (until - expiresAt.getTime() < EXTEND_INTERVAL_MS) return expiresAt.getTime()
    await store.extend(tokenHash, new Date(until))
    return until
  }

  return {
    async start(user, origin) {
      const token = SESSION_PREFIX + randomBytes(32).toString('base64url')
      const expiresAt = new Date(now() + SESSION_MS)
      await store.create({ tokenHash: hashToken(token), userId: user.id, expiresAt, ...origin })
      return { token, expiresAt }
    },
    find: (tokenHash) => lookup.get(tokenHash),
    async end(tokenHash) {
      await store.remove(tokenHash)
      lookup.forget(tokenHash)
    },
    async endAll(userId, exceptHash) {
      const gone = await store.removeOfUser(userId, exceptHash)
      for (const tokenHash of gone) lookup.forget(tokenHash)
      return gone.length
    },
    forgetAll: () => lookup.forgetAll(),
    forget(tokenHashes) {
      for (const tokenHash of tokenHashes) lookup.forget(tokenHash)
    },
    isRenewed: (caller) => caller.expiresAt - now() > SESSION_MS - RENEWAL_MS,
  }
}
