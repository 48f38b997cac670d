import type { Router } from 'express'
import type { z } from 'zod'
import { createToken, login, logout, me } from '../../shared/api.ts'
import { YayinError } from '../../shared/errors.ts'
import { actorOf, type Caller } from '../auth/caller.ts'
import { mountOf } from '../auth/mount.ts'
import { verifyNobody, verifyPassword } from '../auth/passwords.ts'
import { expiredCookie } from '../auth/session-cookie.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { UserRow, UserStore } from '../auth/stores.ts'
import { checkClaims } from '../auth/token-limits.ts'
import type { TokenMaker } from '../auth/token-maker.ts'
import type { EventLog } from '../store/event-log.ts'
import { beginSession } from './begin-session.ts'
import { defineRoute, isSecure, type RouteDeps } from './http.ts'
import type { SignInLimits } from './sign-in-limits.ts'

export interface AuthRouteDeps extends RouteDeps {
  users: Pick<UserStore, 'findByEmail' | 'findById' | 'touchSignIn'>
  sessions: Sessions
  /** Returns the user of a one-time code and ends it; null when it is good for nobody. */
  redeemCode: (code: string) => Promise<string | null>
  makeToken: TokenMaker
  eventLog: EventLog
  signInLimits: SignInLimits
  /** Looks at the callers of open connections again, now. */
  recheck: () => void
}

/** Adds signing in and out, who the caller is, and the making of end users' tokens. */
export function authRoutes(router: Router, deps: AuthRouteDeps): void {
  const { eventLog, sessions, signInLimits: limits } = deps

  defineRoute(
    router,
    login,
    async (request, response) => {
      const account = 'email' in request.body ? request.body.email : null
      await limits.attempt(request.ip, account)
      const user = await identify(request.body, request.ip, deps)
      await limits.succeeded(request.ip, account)
      return await beginSession(user, account === null ? 'link' : 'password', request, response, deps)
    },
    deps,
  )

  defineRoute(
    router,
    logout,
    async ({ caller, ip, raw }, response) => {
      if (caller.kind === 'admin') {
        await sessions.end(caller.sessionHash)
        deps.recheck()
        eventLog.record({
          level: 'info',
          type: 'sign_out',
          message: 'Signed out',
          data: { ip },
          actor: actorOf(caller),
        })
      }
      // Set, not appended: it stands in for a renewal of the same cookie.
      response.setHeader('Set-Cookie', expiredCookie(isSecure(raw, deps.publicUrl), mountOf(raw)))
    },
    deps,
  )

  defineRoute(router, me, ({ caller }) => describe(caller), deps)

  defineRoute(
    router,
    createToken,
    async ({ caller, body: { expiresIn, ...claims } }) => {
      checkClaims(caller, claims)
      const { token, expiresAt } = await deps.makeToken({ ...claims, expiresInSeconds: expiresIn })
      return { token, expiresAt: expiresAt.toISOString() }
    },
    deps,
  )
}

type Attempt = z.output<typeof login.body>

/** Finds who signs in; a failure is recorded with the account it was for, if there is such an account. */
async function identify(body: Attempt, ip: string, deps: AuthRouteDeps): Promise<UserRow> {
  const outcome = 'code' in body ? await byCode(body.code, deps) : await byPassword(body.email, body.password, deps)
  if (outcome.right) return outcome.user
  const userId = outcome.user?.id
  const data = { ip, by: 'code' in body ? 'link' : 'password', ...(userId !== undefined && { userId }) }
  deps.eventLog.record({ level: 'warn', type: 'sign_in_failed', message: 'Sign-in failed', data, actor: 'anonymous' })
  const fault =
    'code' in body ? 'This sign-in link was used before or is too old.' : 'The e-mail or the password is wrong.'
  throw new YayinError('invalid_credentials', fault)
}

type Outcome = { right: true; user: UserRow } | { right: false; user: UserRow | null }

async function byCode(code: string, deps: AuthRouteDeps): Promise<Outcome> {
  const userId = await deps.redeemCode(code)
  const user = userId === null ? null : await deps.users.findById(userId)
  return user === null ? { right: false, user } : { right: true, user }
}

async function byPassword(email: string, password: string, deps: AuthRouteDeps): Promise<Outcome> {
  const user = await deps.users.findByEmail(email.trim())
  const stored = user?.passwordHash ?? null
  const right = stored === null ? await verifyNobody(password) : await verifyPassword(password, stored)
  return right && user !== null ? { right, user } : { right: false, user }
}

function describe(caller: Caller): z.input<typeof me.response> {
  if (caller.kind === 'anonymous') throw new YayinError('unauthorized', 'Nobody is signed in.')
  if (caller.kind === 'host') return { kind: 'host', expiresAt: null }
  const expiresAt = caller.expiresAt === null ? null : new Date(caller.expiresAt).toISOString()
  if (caller.kind === 'admin') return { kind: 'admin', user: caller.user, expiresAt }
  if (caller.kind === 'key') {
    const { id, name, scopes } = caller
    return { kind: 'key', key: { id, name, scopes: [...scopes] }, expiresAt }
  }
  const { sub, name, subscribe, publish } = caller
  const claims = { subscribe: [...subscribe], publish: [...publish] }
  return { kind: 'user', sub, ...(name !== null && { name }), ...claims, expiresAt }
}
