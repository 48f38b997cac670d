import { asc, eq, type SQL, sql } from 'drizzle-orm'
import { nanoid } from 'nanoid'
import { YayinError } from '../../shared/errors.ts'
import { users } from '../../shared/schema.ts'
import type { Db } from './database.ts'
import { storableText } from './storable.ts'

type UserRow = typeof users.$inferSelect

/** What can be done with the people who sign in to the dashboard. */
export interface UserTable {
  /** Finds by address, whatever its case. */
  findByEmail(email: string): Promise<UserRow | null>
  findById(id: string): Promise<UserRow | null>
  /** Creates the admin, or makes a known user one; without `passwordHash` a known password stays. */
  upsertAdmin(admin: { email: string; passwordHash?: string }): Promise<UserRow>
  touchSignIn(id: string): Promise<void>
  /** Lists all users, the oldest first. */
  list(): Promise<UserRow[]>
  /** Changes a user; null when there is none of this id. @throws YayinError `conflict` when no admin would be left */
  change(id: string, changes: UserChanges): Promise<UserRow | null>
  /** Removes a user with their sessions; null when there is none. @throws YayinError `conflict` likewise */
  remove(id: string): Promise<UserRow | null>
}

export type UserChanges = Partial<Pick<UserRow, 'name' | 'role' | 'passwordHash'>>

/** Opens the table of users. */
export function createUserStore(db: Db): UserTable {
  return {
    async findByEmail(email) {
      const [user] = await db.select().from(users).where(hasEmail(email))
      return user ?? null
    },

    async findById(id) {
      const [user] = await db.select().from(users).where(eq(users.id, id))
      return user ?? null
    },

    async upsertAdmin({ email, passwordHash }) {
      const changes = { role: 'admin', ...(passwordHash !== undefined && { passwordHash }) } as const
      await db.insert(users).values({ id: nanoid(), email, role: 'admin' }).onConflictDoNothing()
      const [user] = await db.update(users).set(changes).where(hasEmail(email)).returning()
      if (!user) throw new Error('the admin was removed while being written')
      return user
    },

    async touchSignIn(id) {
      await db.update(users).set({ lastSignInAt: new Date() }).where(eq(users.id, id))
    },

    list: () => db.select().from(users).orderBy(asc(users.createdAt), asc(users.id)),

    change: (id, changes) =>
      db.transaction(async (tx) => {
        if (changes.role === 'viewer') await keepAnAdmin(tx, id)
        const set = { ...changes, ...(typeof changes.name === 'string' && { name: storableText(changes.name) }) }
        const [user] = await tx.update(users).set(set).where(eq(users.id, id)).returning()
        return user ?? null
      }),

    remove: (id) =>
      db.transaction(async (tx) => {
        await keepAnAdmin(tx, id)
        const [user] = await tx.delete(users).where(eq(users.id, id)).returning()
        return user ?? null
      }),
  }
}

/** Makes sure that an admin is left without `id`; two who demote each other at once wait here for one another. */
async function keepAnAdmin(tx: Pick<Db, 'select'>, id: string): Promise<void> {
  const admins = await tx
    .select({ id: users.id })
    .from(users)
    .where(eq(users.role, 'admin'))
    .orderBy(users.id)
    .for('update')
  if (admins.length === 1 && admins[0]?.id === id) {
    throw new YayinError('conflict', 'This is the last admin; make somebody else an admin first.')
  }
}

function hasEmail(email: string): SQL {
  // PostgreSQL takes no NUL; no stored address has a replacement character in its place.
  return eq(sql`lower(${users.email})`, sql`lower(${email.replaceAll('\0', '\uFFFD')})`)
}
