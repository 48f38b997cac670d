import type { Response, Router } from 'express'
import type { z } from 'zod'
import { createToken, login, logout, me, type DashboardUser } from '../../shared/api.ts'
import { YayinError } from '../../shared/errors.ts'
import type { Caller } from '../auth/caller.ts'
import { verifyNobody, verifyPassword } from '../auth/passwords.ts'
import { expiredCookie, sessionCookie } from '../auth/session-cookie.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { SignInLinks } from '../auth/sign-in-links.ts'
import type { UserRow, UserStore } from '../auth/stores.ts'
import { checkClaims } from '../auth/token-limits.ts'
import type { TokenMaker } from '../auth/token-maker.ts'
import type { EventLog } from '../store/event-log.ts'
import { defineRoute, isSecure, type AuthedRequest, type RouteDeps } from './http.ts'
import { createSignInLimits } from './sign-in-limits.ts'

export interface AuthRouteDeps extends RouteDeps {
  users: Pick<UserStore, 'findByEmail' | 'findById' | 'touchSignIn'>
  sessions: Sessions
  links: SignInLinks
  makeToken: TokenMaker
  eventLog: EventLog
}

/** Adds signing in and out, who the caller is, and the making of end users' tokens. */
export function authRoutes(router: Router, deps: AuthRouteDeps): void {
  const limits = createSignInLimits()

  defineRoute(
    router,
    login,
    async (request, response) => {
      const account = 'email' in request.body ? request.body.email : null
      await limits.attempt(request.ip, account)
      const user = await identify(request.body, deps)
      await limits.succeeded(request.ip, account)
      return await begin(user, request, response, deps)
    },
    deps,
  )

  defineRoute(
    router,
    logout,
    async ({ caller, raw }, response) => {
      if (caller.kind === 'admin') {
        await deps.sessions.end(caller.sessionHash)
        record(deps, 'sign_out', 'Signed out', caller.user.id)
      }
      // Set, not appended: it stands in for a renewal of the same cookie.
      response.setHeader('Set-Cookie', expiredCookie(isSecure(raw, deps.publicUrl)))
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

async function identify(body: z.output<typeof login.body>, deps: AuthRouteDeps): Promise<UserRow> {
  const user = 'code' in body ? await byCode(body.code, deps) : await byPassword(body.email, body.password, deps)
  if (user !== null) return user
  const fault =
    'code' in body ? 'This sign-in link was used before or is too old.' : 'The e-mail or the password is wrong.'
  throw new YayinError('invalid_credentials', fault)
}

async function byCode(code: string, deps: AuthRouteDeps): Promise<UserRow | null> {
  const userId = deps.links.redeem(code)
  return userId === null ? null : await deps.users.findById(userId)
}

async function byPassword(email: string, password: string, deps: AuthRouteDeps): Promise<UserRow | null> {
  const user = await deps.users.findByEmail(email.trim())
  const stored = user?.passwordHash ?? null
  const right = stored === null ? await verifyNobody(password) : await verifyPassword(password, stored)
  return right ? user : null
}

async function begin(row: UserRow, request: AuthedRequest, response: Response, deps: AuthRouteDeps) {
  const userAgent = request.raw.get('user-agent')?.slice(0, 500) ?? null
  const { token, expiresAt } = await deps.sessions.start(row, { ip: request.ip, userAgent })
  await deps.users.touchSignIn(row.id)
  const secure = isSecure(request.raw, deps.publicUrl)
  response.setHeader('Set-Cookie', sessionCookie(token, { expiresAt: expiresAt.getTime(), secure }))
  record(deps, 'sign_in', 'Signed in', row.id, { ip: request.ip })
  const user: DashboardUser = { id: row.id, email: row.email, name: row.name, role: row.role }
  return { user, token, expiresAt: expiresAt.toISOString() }
}

function record(deps: AuthRouteDeps, type: string, message: string, userId: string, data?: { ip: string }): void {
  deps.eventLog.record({ level: 'info', type, message, actor: `admin:${userId}`, ...(data && { data }) })
}

function describe(caller: Caller): z.input<typeof me.response> {
  if (caller.kind === 'anonymous') throw new YayinError('unauthorized', 'Nobody is signed in.')
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
