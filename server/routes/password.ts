import type { Router } from 'express'
import { changePassword, type DashboardUser } from '../../shared/api.ts'
import { YayinError } from '../../shared/errors.ts'
import { actorOf } from '../auth/caller.ts'
import { checkNewPassword } from '../auth/password-rules.ts'
import { hashPassword, verifyPassword } from '../auth/passwords.ts'
import type { AccessDeps } from './access-deps.ts'
import { defineRoute } from './http.ts'
import { signedIn } from './sessions.ts'
import type { SignInLimits } from './sign-in-limits.ts'

/** Adds changing one's own password. */
export function passwordRoutes(router: Router, deps: AccessDeps & { signInLimits: SignInLimits }): void {
  const { users, sessions, eventLog, signInLimits } = deps

  defineRoute(
    router,
    changePassword,
    async ({ caller, body: { oldPassword, newPassword }, ip }) => {
      const { user, sessionHash } = signedIn(caller)
      refuseEnvironmentAdmin(user.email)
      checkNewPassword(newPassword, 'newPassword', [user.email, user.name ?? ''])
      const stored = (await users.findById(user.id))?.passwordHash ?? null
      if (stored !== null) await checkOld(oldPassword, stored, user, ip)
      await users.change(user.id, { passwordHash: await hashPassword(newPassword) })
      const ended = await sessions.endAll(user.id, sessionHash)
      deps.recheck()
      const data = { ip, ended }
      eventLog.record({
        level: 'info',
        type: 'password_changed',
        message: 'Password changed',
        data,
        actor: actorOf(caller),
      })
    },
    deps,
  )

  /** A stolen session must not be good for guessing the password: what goes wrong counts as a failed sign-in. */
  async function checkOld(given: string | undefined, stored: string, user: DashboardUser, ip: string): Promise<void> {
    if (given === undefined) throw wrong('oldPassword', 'is missing')
    await signInLimits.attempt(ip, user.email)
    if (!(await verifyPassword(given, stored))) {
      const event = { level: 'warn', type: 'sign_in_failed', message: 'Old password was wrong' } as const
      eventLog.record({ ...event, data: { ip, by: 'password', userId: user.id }, actor: `admin:${user.id}` })
      throw wrong('oldPassword', 'is wrong')
    }
    await signInLimits.succeeded(ip, user.email)
  }

  function refuseEnvironmentAdmin(email: string): void {
    if (deps.environmentAdmin?.toLowerCase() !== email.toLowerCase()) return
    throw new YayinError('conflict', 'This account’s password is set by ADMIN_PASSWORD; change it there.')
  }
}

function wrong(path: string, message: string): YayinError {
  return new YayinError('invalid', `body ${path}: ${message}`, { errors: [{ path, message }] })
}
