import { YayinError } from '../../shared/errors.ts'
import type { AdminCaller, AnonymousCaller, Caller, UserCaller } from './caller.ts'
import { hashToken } from './hash.ts'
import type { Keys } from './keys.ts'
import { HOST_TOKEN_PREFIX, type RoomGate } from './rooms.ts'
import { sessionToken } from './session-cookie.ts'
import { SESSION_PREFIX, type Sessions } from './sessions.ts'
import type { TokenVerifier } from './token-verifier.ts'

/** Where a request may carry who it comes from. */
export interface Credentials {
  /** The `Authorization` header. */
  authorization?: string | undefined
  /** The `Cookie` header. */
  cookie?: string | undefined
  /** `?token=`, on the addresses alone that browsers can send no header to. */
  queryToken?: string | undefined
}

/** Who makes a request, and by which of its parts that is known. */
export type Authenticated =
  | { via: 'none'; caller: AnonymousCaller }
  | { via: 'bearer' | 'query'; caller: Exclude<Caller, AnonymousCaller> }
  /** `renewed`: the session was prolonged, and the browser is to keep its cookie for longer. */
  | { via: 'cookie'; caller: AdminCaller; renewed: { token: string; expiresAt: number } | null }

export interface Authenticator {
  /**
   * Finds out who makes a request; at once, without a promise, when it was known a moment ago.
   * A bad header or query token throws `invalid_token` (or rejects with it), that of somebody who has left a video room
   * `not_in_room`; a bad cookie counts as none.
   */
  authenticate(credentials: Credentials): Authenticated | Promise<Authenticated>
  /** Tells whether a caller of an open connection still is who they were: not expired, revoked or signed out. */
  isValid(caller: Caller): Promise<boolean>
}

interface AuthenticatorParts {
  keys: Keys
  sessions: Sessions
  tokens: TokenVerifier
  rooms: RoomGate
  now?: () => number
}

type KnownCaller = Exclude<Caller, AnonymousCaller>

const NOBODY: Authenticated = { via: 'none', caller: { kind: 'anonymous' } }
const KEY_PREFIX = 'yk_'

/** Creates the one place that tells who a caller is. */
export function createAuthenticator({
  keys,
  sessions,
  tokens,
  rooms,
  now = Date.now,
}: AuthenticatorParts): Authenticator {
  /** The hash of the key by which a caller came: what to look for when asked again. */
  const keyHashes = new WeakMap<Caller, string>()

  function byToken(token: string, via: 'bearer' | 'query'): Authenticated | Promise<Authenticated> {
    const hash = hashToken(token)
    const found = findCaller(token, hash)
    const admit = (caller: KnownCaller | null): Authenticated | Promise<Authenticated> => {
      if (caller === null) throw badToken('is unknown, expired or revoked')
      if (caller.kind === 'key') keyHashes.set(caller, hash)
      const enter = (isThere: boolean): Authenticated => {
        if (!isThere) throw gone()
        return { via, caller }
      }
      const isThere = caller.kind === 'user' ? isStillThere(caller) : true
      return isThere instanceof Promise ? isThere.then(enter) : enter(isThere)
    }
    return found instanceof Promise ? found.then(admit) : admit(found)
  }

  function findCaller(token: string, hash: string): KnownCaller | null | Promise<KnownCaller | null> {
    if (keys.isBootstrap(hash) || token.startsWith(KEY_PREFIX)) return keys.find(hash)
    if (token.startsWith(HOST_TOKEN_PREFIX)) return rooms.findHost(hash)
    return token.startsWith(SESSION_PREFIX) ? sessions.find(hash) : tokens.verify(token, hash)
  }

  function byCookie(token: string): Authenticated | Promise<Authenticated> {
    const admit = (caller: AdminCaller | null): Authenticated => {
      if (caller === null) return NOBODY
      const renewed = sessions.isRenewed(caller) ? { token, expiresAt: caller.expiresAt } : null
      return { via: 'cookie', caller, renewed }
    }
    const found = sessions.find(hashToken(token))
    return found instanceof Promise ? found.then(admit) : admit(found)
  }

  /** A participant's token is good as long as the stay in the room. */
  function isStillThere({ room }: UserCaller): boolean | Promise<boolean> {
    return room === null || rooms.isPresent(room)
  }

  async function isLive(caller: KnownCaller): Promise<boolean> {
    if (caller.kind === 'host') return (await rooms.findHost(caller.tokenHash)) !== null
    if (caller.kind === 'admin') return (await sessions.find(caller.sessionHash)) !== null
    if (caller.kind === 'user' && !(await isStillThere(caller))) return false
    if (caller.expiresAt !== null && caller.expiresAt <= now()) return false
    const keyHash = keyHashes.get(caller)
    return keyHash === undefined || (await keys.find(keyHash)) !== null
  }

  return {
    authenticate({ authorization, cookie, queryToken }) {
      const bearer = bearerToken(authorization)
      if (bearer !== null) return byToken(bearer, 'bearer')
      if (queryToken === '') throw badToken('is empty')
      if (queryToken !== undefined) return byToken(queryToken, 'query')
      const session = sessionToken(cookie)
      return session === null ? NOBODY : byCookie(session)
    },
    async isValid(caller) {
      if (caller.kind === 'anonymous') return true
      // Nobody is cut off because the database is away.
      return await isLive(caller).catch(() => true)
    },
  }
}

/** Reads `Authorization: Bearer <token>` (RFC 6750 §2.1); null without one. */
function bearerToken(header: string | undefined): string | null {
  // A password of a proxy in front is not ours to judge.
  if (header === undefined || /^basic /i.test(header)) return null
  const token = /^bearer +(\S+) *$/i.exec(header)?.[1]
  if (token === undefined) throw badToken('is malformed; send Authorization: Bearer followed by one token')
  return token
}

function gone(): YayinError {
  return new YayinError('not_in_room', 'This token was for a stay in a video room that is over.')
}

function badToken(fault: string): YayinError {
  return new YayinError('invalid_token', `The token ${fault}.`)
}
