import { randomBytes } from 'node:crypto'
import type { Request, Router } from 'express'
import {
  acceptInvitation,
  type Invitation,
  inviteUser,
  listInvitations,
  showInvitation,
  withdrawInvitation,
} from '../../shared/api.ts'
import { YayinError } from '../../shared/errors.ts'
import { actorOf } from '../auth/caller.ts'
import { hashToken } from '../auth/hash.ts'
import { mountOf } from '../auth/mount.ts'
import { checkNewPassword } from '../auth/password-rules.ts'
import { hashPassword } from '../auth/passwords.ts'
import type { InvitationRow } from '../store/invitations.ts'
import type { AccessDeps } from './access-deps.ts'
import { beginSession } from './begin-session.ts'
import { defineRoute } from './http.ts'
import { pageOf } from './page.ts'
import type { SignInLimits } from './sign-in-limits.ts'

const LIFETIME_MS = 7 * 86_400_000

/** Adds inviting users, and the accepting of invitations, which counts as signing in for `limits`. */
export function invitationsRoutes(router: Router, deps: AccessDeps & { signInLimits: SignInLimits }): void {
  const { invitations, eventLog, signInLimits } = deps

  defineRoute(
    router,
    listInvitations,
    async ({ query }) => {
      const { page, nextCursor } = pageOf(await invitations.list(), query)
      return { invitations: page.map(describe), nextCursor }
    },
    deps,
  )

  defineRoute(
    router,
    inviteUser,
    async ({ caller, body: { email, role }, ip, raw }) => {
      const code = randomBytes(24).toString('base64url')
      const actor = actorOf(caller)
      const expiresAt = new Date(Date.now() + LIFETIME_MS)
      const row = await invitations.create({ codeHash: hashToken(code), email, role, createdBy: actor, expiresAt })
      const data = { email, role, ip }
      eventLog.record({ level: 'info', type: 'user_invited', message: 'User invited', data, actor })
      return { invitation: describe(row), url: `${deps.publicUrl ?? originOf(raw) + mountOf(raw)}/#invite=${code}` }
    },
    deps,
  )

  defineRoute(
    router,
    withdrawInvitation,
    async ({ caller, params, ip }) => {
      const gone = await invitations.withdraw(params.id)
      if (!gone) throw new YayinError('not_found', `There is no invitation ${params.id.slice(0, 50)}.`)
      const data = { email: gone.email, role: gone.role, ip }
      const actor = actorOf(caller)
      eventLog.record({ level: 'info', type: 'invitation_withdrawn', message: 'Invitation withdrawn', data, actor })
    },
    deps,
  )

  defineRoute(
    router,
    showInvitation,
    async ({ body, ip }) => {
      const { email, role, expiresAt } = await find(body.code, ip)
      return { email, role, expiresAt: expiresAt.toISOString() }
    },
    deps,
  )

  defineRoute(
    router,
    acceptInvitation,
    async (request, response) => {
      const { code, password, name = null } = request.body
      const { email } = await find(code, request.ip)
      checkNewPassword(password, 'password', [email, name ?? ''])
      const user = await invitations.accept(hashToken(code), { name, passwordHash: await hashPassword(password) })
      if (!user) throw spent()
      const data = { email, role: user.role, ip: request.ip }
      const actor = `admin:${user.id}`
      eventLog.record({ level: 'info', type: 'invitation_accepted', message: 'Invitation accepted', data, actor })
      return await beginSession(user, 'invitation', request, response, deps)
    },
    deps,
  )

  /** Finds an invitation by its code; wrong ones count as failed sign-ins. */
  async function find(code: string, ip: string): Promise<InvitationRow> {
    await signInLimits.attempt(ip, null)
    const found = await invitations.findByCodeHash(hashToken(code))
    if (!found) {
      const data = { ip, by: 'invitation' }
      eventLog.record({ level: 'warn', type: 'sign_in_failed', message: 'Sign-in failed', data, actor: 'anonymous' })
      throw spent()
    }
    await signInLimits.succeeded(ip, null)
    return found
  }
}

function spent(): YayinError {
  return new YayinError('invalid_credentials', 'This invitation was accepted or withdrawn before, or is too old.')
}

function originOf(req: Request): string {
  return `${req.protocol}://${req.host}`
}

function describe({ id, email, role, createdBy, createdAt, expiresAt }: InvitationRow): Invitation {
  const times = { createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() }
  return { id, email, role, createdBy, ...times }
}
