import { eq, lt } from 'drizzle-orm'
import { sessions, users } from '../../shared/schema.ts'
import type { Db } from './database.ts'

type SessionRow = typeof sessions.$inferSelect
type UserRow = typeof users.$inferSelect

/** What can be done with the sessions of signed-in dashboard users. */
export interface SessionTable {
  /** Keeps a new session, and sweeps those that have expired. */
  create(session: Pick<SessionRow, 'tokenHash' | 'userId' | 'expiresAt' | 'ip' | 'userAgent'>): Promise<void>
  /** Finds the session, expired or not, with its user. */
  findByTokenHash(tokenHash: string): Promise<{ session: SessionRow; user: UserRow } | null>
  /** Puts its end off, and notes that it was seen just now. */
  extend(tokenHash: string, expiresAt: Date): Promise<void>
  remove(tokenHash: string): Promise<void>
  removeOfUser(userId: string): Promise<void>
}

/** Opens the table of sessions. */
export function createSessionStore(db: Db): SessionTable {
  return {
    async create({ tokenHash, userId, expiresAt, ip, userAgent }) {
      await db.delete(sessions).where(lt(sessions.expiresAt, new Date()))
      await db.insert(sessions).values({ tokenHash, userId, expiresAt, ip, userAgent })
    },

    async findByTokenHash(tokenHash) {
      const [found] = await db
        .select({ session: sessions, user: users })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(eq(sessions.tokenHash, tokenHash))
      return found ?? null
    },

    async extend(tokenHash, expiresAt) {
      await db.update(sessions).set({ expiresAt, lastSeenAt: new Date() }).where(eq(sessions.tokenHash, tokenHash))
    },

    async remove(tokenHash) {
      await db.delete(sessions).where(eq(sessions.tokenHash, tokenHash))
    },

    async removeOfUser(userId) {
      await db.delete(sessions).where(eq(sessions.userId, userId))
    },
  }
}
