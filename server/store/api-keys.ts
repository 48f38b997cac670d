import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import { nanoid } from 'nanoid'
import { apiKeys } from '../../shared/schema.ts'
import type { Db } from './database.ts'

type ApiKeyRow = typeof apiKeys.$inferSelect
/** A key to keep: its hash and the few characters that are shown of it, never the key itself. */
export type NewApiKey = Pick<ApiKeyRow, 'name' | 'keyHash' | 'prefix' | 'scopes'> &
  Partial<Pick<ApiKeyRow, 'channels' | 'createdBy' | 'expiresAt'>>

/** What can be done with the API keys of applications. */
export interface ApiKeyTable {
  /** Finds the key, revoked and expired ones too. */
  findByHash(keyHash: string): Promise<ApiKeyRow | null>
  /** Notes that keys were used just now. */
  touch(ids: readonly string[]): Promise<void>
  create(key: NewApiKey): Promise<ApiKeyRow>
  /** Lists all keys, revoked and expired ones too, the newest first. */
  list(): Promise<ApiKeyRow[]>
  findById(id: string): Promise<ApiKeyRow | null>
  /** Revokes for good; false when there is no such key, or it was revoked before. */
  revoke(id: string): Promise<boolean>
}

/** Opens the table of API keys. */
export function createApiKeyStore(db: Db): ApiKeyTable {
  return {
    async findByHash(keyHash) {
      const [key] = await db.select().from(apiKeys).where(eq(apiKeys.keyHash, keyHash))
      return key ?? null
    },

    async touch(ids) {
      if (ids.length === 0) return
      await db
        .update(apiKeys)
        .set({ lastUsedAt: new Date() })
        .where(inArray(apiKeys.id, [...ids]))
    },

    async create(key) {
      const [created] = await db
        .insert(apiKeys)
        .values({ ...key, id: nanoid() })
        .returning()
      if (!created) throw new Error('the key was not written')
      return created
    },

    async findById(id) {
      const [key] = await db
        .select()
        .from(apiKeys)
        .where(eq(apiKeys.id, id.replaceAll('\0', '')))
      return key ?? null
    },

    list: () => db.select().from(apiKeys).orderBy(desc(apiKeys.createdAt), desc(apiKeys.id)),

    async revoke(id) {
      const open = and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt))
      const revoked = await db.update(apiKeys).set({ revokedAt: new Date() }).where(open).returning({ id: apiKeys.id })
      return revoked.length > 0
    },
  }
}
