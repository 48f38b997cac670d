import type { Router } from 'express'
import { changeUser, deleteUser, listUsers, type UserAccount } from '../../shared/api.ts'
import { YayinError } from '../../shared/errors.ts'
import { actorOf, type Caller } from '../auth/caller.ts'
import type { UserRow } from '../auth/stores.ts'
import type { AccessDeps } from './access-deps.ts'
import { assertMay, defineRoute } from './http.ts'
import { pageOf } from './page.ts'

type UsersDeps = Pick<AccessDeps, 'users' | 'sessionTable' | 'sessions' | 'eventLog' | 'recheck'> &
  Pick<AccessDeps, 'authenticator' | 'settings' | 'publicUrl'>

/** Adds the list of users, and what can be changed about them. */
export function usersRoutes(router: Router, deps: UsersDeps): void {
  const { users, eventLog } = deps

  defineRoute(
    router,
    listUsers,
    async ({ query }) => {
      const { page, nextCursor } = pageOf(await users.list(), query)
      return { users: page.map(describe), nextCursor }
    },
    deps,
  )

  defineRoute(
    router,
    changeUser,
    async ({ caller, params: { id }, body: { name, role }, ip }) => {
      if (role !== undefined || !isSelf(caller, id)) assertMay(caller, { kind: 'administer' }, deps.settings)
      if (name === undefined && role === undefined) throw new YayinError('invalid', 'body: give a name, a role or both')
      const before = await users.findById(id)
      const after = before && (await users.change(id, { ...(name !== undefined && { name }), ...(role && { role }) }))
      if (!before || !after) throw unknownUser(id)
      await forgetSessions(id, deps)
      const data = {
        userId: id,
        old: { name: before.name, role: before.role },
        new: { name: after.name, role: after.role },
      }
      eventLog.record({
        level: 'info',
        type: 'user_changed',
        message: 'User changed',
        data: { ...data, ip },
        actor: actorOf(caller),
      })
      return describe(after)
    },
    deps,
  )

  defineRoute(
    router,
    deleteUser,
    async ({ caller, params: { id }, ip }) => {
      const hashes = (await deps.sessionTable.list(id)).map(({ session }) => session.tokenHash)
      const user = await users.remove(id)
      if (!user) throw unknownUser(id)
      deps.sessions.forget(hashes)
      deps.recheck()
      const data = { userId: id, email: user.email, role: user.role, ip }
      eventLog.record({ level: 'info', type: 'user_deleted', message: 'User deleted', data, actor: actorOf(caller) })
    },
    deps,
  )
}

/** A session shows its user's name and role; it is read again. */
async function forgetSessions(userId: string, { sessionTable, sessions, recheck }: UsersDeps): Promise<void> {
  const found = await sessionTable.list(userId)
  sessions.forget(found.map(({ session }) => session.tokenHash))
  recheck()
}

function isSelf(caller: Caller, userId: string): boolean {
  return caller.kind === 'admin' && caller.user.id === userId
}

function describe({ id, email, name, role, createdAt, lastSignInAt }: UserRow): UserAccount {
  const times = { createdAt: createdAt.toISOString(), lastSignInAt: lastSignInAt?.toISOString() ?? null }
  return { id, email, name, role, ...times }
}

function unknownUser(id: string): YayinError {
  return new YayinError('not_found', `There is no user ${id.slice(0, 50)}.`)
}
