import type { ApiKeyRow, AuthStores, SessionRow, UserRow } from '../../server/auth/stores.ts'

/** The tables of authentication in memory, with their rows open to tests. */
export interface MemoryStores extends AuthStores {
  rows: { users: UserRow[]; sessions: SessionRow[]; apiKeys: ApiKeyRow[] }
  /** How often a session or a key was looked for. */
  reads: number
}

/** Creates empty tables; `now` dates what is written. */
export function createMemoryStores(now: () => number = Date.now): MemoryStores {
  const rows: MemoryStores['rows'] = { users: [], sessions: [], apiKeys: [] }
  const stores: MemoryStores = {
    rows,
    reads: 0,
    users: {
      findByEmail: async (email) => rows.users.find((u) => u.email.toLowerCase() === email.toLowerCase()) ?? null,
      findById: async (id) => rows.users.find((u) => u.id === id) ?? null,
      touchSignIn: async () => {},
      async upsertAdmin({ email, passwordHash }) {
        const known = await stores.users.findByEmail(email)
        const user: UserRow = known ?? userRow({ id: `u${rows.users.length + 1}`, email })
        if (known === null) rows.users.push(user)
        return Object.assign(user, { role: 'admin' }, passwordHash === undefined ? {} : { passwordHash })
      },
    },
    sessions: {
      async create(session) {
        rows.sessions.push({ ...session, createdAt: new Date(now()), lastSeenAt: new Date(now()) })
      },
      async findByTokenHash(tokenHash) {
        stores.reads++
        const session = rows.sessions.find((s) => s.tokenHash === tokenHash)
        const user = rows.users.find((u) => u.id === session?.userId)
        return session && user ? { session: { ...session }, user } : null
      },
      async extend(tokenHash, expiresAt) {
        for (const session of rows.sessions) if (session.tokenHash === tokenHash) session.expiresAt = expiresAt
      },
      async remove(tokenHash) {
        rows.sessions = rows.sessions.filter((s) => s.tokenHash !== tokenHash)
      },
      async removeOfUser(userId, exceptHash) {
        const gone = rows.sessions.filter((s) => s.userId === userId && s.tokenHash !== exceptHash)
        rows.sessions = rows.sessions.filter((s) => !gone.includes(s))
        return gone.map((s) => s.tokenHash)
      },
      async touch(tokenHash) {
        for (const session of rows.sessions) if (session.tokenHash === tokenHash) session.lastSeenAt = new Date(now())
      },
    },
    apiKeys: {
      async findByHash(keyHash) {
        stores.reads++
        return rows.apiKeys.find((k) => k.keyHash === keyHash) ?? null
      },
      async touch(ids) {
        for (const key of rows.apiKeys) if (ids.includes(key.id)) key.lastUsedAt = new Date(now())
      },
    },
  }
  return stores
}

/** Builds a user's row. */
export function userRow(user: Partial<UserRow>): UserRow {
  const row = { id: 'u1', email: 'admin@localhost', name: null, role: 'admin' as const, passwordHash: null }
  return { ...row, createdAt: new Date(), lastSignInAt: null, ...user }
}

/** Builds an API key's row. */
export function apiKeyRow(key: Partial<ApiKeyRow>): ApiKeyRow {
  const row = { id: 'k1', name: 'shop', keyHash: '', prefix: 'yk_', scopes: ['publish'], channels: null }
  const times = { createdAt: new Date(), createdBy: null, lastUsedAt: null, expiresAt: null, revokedAt: null }
  return { ...row, ...times, ...key }
}
