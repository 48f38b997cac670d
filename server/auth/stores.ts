import type { apiKeys, sessions, users } from '../../shared/schema.ts'

export type UserRow = typeof users.$inferSelect
export type SessionRow = typeof sessions.$inferSelect
export type ApiKeyRow = typeof apiKeys.$inferSelect

/** What authentication reads and writes of users. */
export interface UserStore {
  findByEmail(email: string): Promise<UserRow | null>
  findById(id: string): Promise<UserRow | null>
  /** Creates the admin or makes the user one; without `passwordHash` the password stays as it is. */
  upsertAdmin(admin: { email: string; passwordHash?: string }): Promise<UserRow>
  touchSignIn(id: string): Promise<unknown>
}

/** What authentication reads and writes of dashboard sessions. */
export interface SessionStore {
  create(session: Pick<SessionRow, 'tokenHash' | 'userId' | 'expiresAt' | 'ip' | 'userAgent'>): Promise<unknown>
  /** Finds the session, expired or not, with its user. */
  findByTokenHash(tokenHash: string): Promise<{ session: SessionRow; user: UserRow } | null>
  extend(tokenHash: string, expiresAt: Date): Promise<unknown>
  remove(tokenHash: string): Promise<unknown>
  /** Removes a user's sessions but the one of `exceptHash`; resolves with the hashes of those that are gone. */
  removeOfUser(userId: string, exceptHash?: string): Promise<string[]>
  /** Notes that it was seen just now. */
  touch(tokenHash: string): Promise<unknown>
}

/** What authentication reads and writes of API keys. */
export interface KeyStore {
  /** Finds the key, revoked and expired ones too. */
  findByHash(keyHash: string): Promise<ApiKeyRow | null>
  /** Notes that keys were used just now. */
  touch(ids: readonly string[]): Promise<unknown>
}

export interface AuthStores {
  users: UserStore
  sessions: SessionStore
  apiKeys: KeyStore
}
