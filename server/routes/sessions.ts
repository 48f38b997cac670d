import type { Router } from 'express'
import { endOtherSessions, endSession, listSessions, type SessionInfo } from '../../shared/api.ts'
import { YayinError } from '../../shared/errors.ts'
import { actorOf, type AdminCaller, type Caller } from '../auth/caller.ts'
import { may } from '../auth/policy.ts'
import type { SessionRow, UserRow } from '../auth/stores.ts'
import { sessionIdOf } from '../store/sessions.ts'
import type { AccessDeps } from './access-deps.ts'
import { assertMay, defineRoute } from './http.ts'
import { pageOf } from './page.ts'

/** Adds the list of signed-in sessions, and the ending of them. */
export function sessionsRoutes(router: Router, deps: AccessDeps): void {
  const { sessionTable, sessions, settings, eventLog, recheck } = deps

  defineRoute(
    router,
    listSessions,
    async ({ caller, query }) => {
      if (query.all) assertMay(caller, { kind: 'administer' }, settings)
      const rows = await sessionTable.list(query.all ? null : signedIn(caller).user.id)
      const { page, nextCursor } = pageOf(
        rows.map((row) => describe(row, caller)),
        query,
      )
      return { sessions: page, nextCursor }
    },
    deps,
  )

  defineRoute(
    router,
    endSession,
    async ({ caller, params: { id }, ip }) => {
      const anybodys = may(caller, { kind: 'administer' }, settings.values).allowed
      const self = anybodys ? null : signedIn(caller).user.id
      const session = await sessionTable.findById(id)
      // Whether another's session exists is nobody's business.
      if (session === null || (self !== null && session.userId !== self)) {
        throw new YayinError('not_found', `There is no session ${id.slice(0, 50)}.`)
      }
      await sessions.end(session.tokenHash)
      recheck()
      const data = { sessionId: id, userId: session.userId, ip }
      eventLog.record({ level: 'info', type: 'session_ended', message: 'Session ended', data, actor: actorOf(caller) })
    },
    deps,
  )

  defineRoute(
    router,
    endOtherSessions,
    async ({ caller, ip }) => {
      const { user, sessionHash } = signedIn(caller)
      const ended = await sessions.endAll(user.id, sessionHash)
      recheck()
      const data = { userId: user.id, ended, ip }
      eventLog.record({
        level: 'info',
        type: 'session_ended',
        message: 'Other sessions ended',
        data,
        actor: actorOf(caller),
      })
      return { ended }
    },
    deps,
  )
}

/** Returns the caller as a dashboard user; others have no sessions. */
export function signedIn(caller: Caller): AdminCaller {
  if (caller.kind === 'admin') return caller
  if (caller.kind === 'anonymous') throw new YayinError('unauthorized', 'Sign in to the dashboard for this.')
  throw new YayinError('forbidden', 'Only users who signed in to the dashboard have sessions and passwords.')
}

function describe({ session, user }: { session: SessionRow; user: UserRow }, caller: Caller): SessionInfo {
  const { tokenHash, ip, userAgent, createdAt, lastSeenAt, expiresAt } = session
  const { id, email, name, role } = user
  return {
    id: sessionIdOf(tokenHash),
    user: { id, email, name, role },
    ip,
    userAgent,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    current: caller.kind === 'admin' && caller.sessionHash === tokenHash,
  }
}
