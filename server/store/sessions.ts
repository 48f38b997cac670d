import { and, desc, eq, gt, lt, ne, type SQL, sql } from 'drizzle-orm'
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
  /** Removes a user's sessions but the one of `exceptHash`; returns the hashes of those that are gone. */
  removeOfUser(userId: string, exceptHash?: string): Promise<string[]>
  /** Notes that it was seen just now. */
  touch(tokenHash: string): Promise<void>
  /** Lists the sessions that are not over with their users, of one user or of all; the newest first. */
  list(userId: string | null): Promise<{ session: SessionRow; user: UserRow }[]>
  /** Finds by the beginning of the token's hash, which is what a session is shown as. */
  findById(id: string): Promise<SessionRow | null>
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

    async removeOfUser(userId, exceptHash) {
      const others = exceptHash === undefined ? undefined : ne(sessions.tokenHash, exceptHash)
      const gone = await db
        .delete(sessions)
        .where(and(eq(sessions.userId, userId), others))
        .returning({ tokenHash: sessions.tokenHash })
      return gone.map(({ tokenHash }) => tokenHash)
    },

    async touch(tokenHash) {
      await db.update(sessions).set({ lastSeenAt: new Date() }).where(eq(sessions.tokenHash, tokenHash))
    },

    list: (userId) =>
      db
        .select({ session: sessions, user: users })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(and(gt(sessions.expiresAt, new Date()), userId === null ? undefined : eq(sessions.userId, userId)))
        .orderBy(desc(sessions.createdAt), desc(sessions.tokenHash)),

    async findById(id) {
      const [session] = await db.select().from(sessions).where(hasId(id))
      return session ?? null
    },
  }
}

/** Length of what a session is shown as: 96 bits of the hash of its token. */
const ID_LENGTH = 24

/** Returns what a session is shown as; it tells nothing of the token, and can't be used in its place. */
export function sessionIdOf(tokenHash: string): string {
  return tokenHash.slice(0, ID_LENGTH)
}

function hasId(id: string): SQL {
  return eq(sql`left(${sessions.tokenHash}, ${sql.raw(String(ID_LENGTH))})`, id.replaceAll('\0', ''))
}
