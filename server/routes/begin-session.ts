import type { Response } from 'express'
import type { z } from 'zod'
import type { login } from '../../shared/api.ts'
import { mountOf } from '../auth/mount.ts'
import { sessionCookie } from '../auth/session-cookie.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { UserRow } from '../auth/stores.ts'
import type { EventLog } from '../store/event-log.ts'
import { type AuthedRequest, isSecure, type RouteDeps } from './http.ts'

export interface BeginDeps extends Pick<RouteDeps, 'publicUrl'> {
  users: { touchSignIn(id: string): Promise<unknown> }
  sessions: Pick<Sessions, 'start'>
  eventLog: EventLog
}

/** Signs a user in: begins a session, sets its cookie, records it and returns the answer. `by`: how they proved it. */
export async function beginSession(
  row: UserRow,
  by: 'password' | 'link' | 'invitation',
  { ip, raw }: AuthedRequest,
  response: Response,
  deps: BeginDeps,
): Promise<z.input<typeof login.response>> {
  const userAgent = raw.get('user-agent')?.slice(0, 500) ?? null
  const { token, expiresAt } = await deps.sessions.start(row, { ip, userAgent })
  await deps.users.touchSignIn(row.id)
  const secure = isSecure(raw, deps.publicUrl)
  response.setHeader(
    'Set-Cookie',
    sessionCookie(token, { expiresAt: expiresAt.getTime(), secure, mount: mountOf(raw) }),
  )
  const data = { ip, userAgent, by }
  deps.eventLog.record({ level: 'info', type: 'sign_in', message: 'Signed in', actor: `admin:${row.id}`, data })
  const { id, email, name, role } = row
  return { user: { id, email, name, role }, token, expiresAt: expiresAt.toISOString() }
}
