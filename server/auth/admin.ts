import { hashPassword, verifyPassword } from './passwords.ts'
import type { AuthStores, UserRow } from './stores.ts'

interface AdminSettings {
  email: string
  /** Null: signs in by link, or with a password that was set before. */
  password: string | null
}

/** Makes sure that the configured admin exists; a changed password ends the sessions begun with the old one. */
export async function ensureAdmin(
  admin: AdminSettings,
  stores: Pick<AuthStores, 'users' | 'sessions'>,
): Promise<UserRow> {
  const { email, password } = admin
  const existing = await stores.users.findByEmail(email)
  if (password === null) return await stores.users.upsertAdmin({ email })
  const stored = existing?.passwordHash ?? null
  if (stored !== null && (await verifyPassword(password, stored))) return await stores.users.upsertAdmin({ email })
  const user = await stores.users.upsertAdmin({ email, passwordHash: await hashPassword(password) })
  await stores.sessions.removeOfUser(user.id)
  return user
}
