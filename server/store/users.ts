import { eq, type SQL, sql } from 'drizzle-orm'
import { nanoid } from 'nanoid'
import { users } from '../../shared/schema.ts'
import type { Db } from './database.ts'

type UserRow = typeof users.$inferSelect

/** What can be done with the people who sign in to the dashboard. */
export interface UserTable {
  /** Finds by address, whatever its case. */
  findByEmail(email: string): Promise<UserRow | null>
  findById(id: string): Promise<UserRow | null>
  /** Creates the admin, or makes a known user one; without `passwordHash` a known password stays. */
  upsertAdmin(admin: { email: string; passwordHash?: string }): Promise<UserRow>
  touchSignIn(id: string): Promise<void>
}

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
  }
}

function hasEmail(email: string): SQL {
  // PostgreSQL takes no NUL; no stored address has a replacement character in its place.
  return eq(sql`lower(${users.email})`, sql`lower(${email.replaceAll('\0', '\uFFFD')})`)
}
