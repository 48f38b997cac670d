import { describe, expect, it } from 'vitest'
import { createApiKeyStore } from '../../server/store/api-keys.ts'
import { createSessionStore } from '../../server/store/sessions.ts'
import { createUserStore } from '../../server/store/users.ts'
import { describeStores } from '../support/stores.ts'

const HOUR_MS = 3_600_000

describeStores('authentication', (database) => {
  describe('users', () => {
    it('creates the admin at first and changes it afterwards, whatever the case of the address', async () => {
      const users = createUserStore(database().db)
      const created = await users.upsertAdmin({ email: 'Ada@example.org', passwordHash: 'first' })
      expect(created).toMatchObject({
        email: 'Ada@example.org',
        role: 'admin',
        passwordHash: 'first',
        lastSignInAt: null,
      })
      const changed = await users.upsertAdmin({ email: 'ada@EXAMPLE.org', passwordHash: 'second' })
      expect(changed).toEqual({ ...created, passwordHash: 'second' })
    })

    it('keeps the password when the admin is written without one', async () => {
      const users = createUserStore(database().db)
      await users.upsertAdmin({ email: 'ada@example.org', passwordHash: 'hash' })
      expect(await users.upsertAdmin({ email: 'ada@example.org' })).toMatchObject({ passwordHash: 'hash' })
    })

    it('makes one user when several nodes write the admin at once', async () => {
      const users = createUserStore(database().db)
      const written = await Promise.all([1, 2, 3, 4].map(() => users.upsertAdmin({ email: 'ada@example.org' })))
      expect(new Set(written.map(({ id }) => id)).size).toBe(1)
    })

    it('finds by address in any case and by id, and nobody when there is none', async () => {
      const users = createUserStore(database().db)
      const ada = await users.upsertAdmin({ email: 'Ada@example.org' })
      expect(await users.findByEmail('aDA@example.org')).toEqual(ada)
      expect(await users.findById(ada.id)).toEqual(ada)
      expect(await users.findByEmail('%@example.org')).toBeNull()
      expect(await users.findByEmail('Ada@example.org\0')).toBeNull()
      expect(await users.findById('x')).toBeNull()
    })

    it('notes a sign-in when there was one', async () => {
      const users = createUserStore(database().db)
      const { id } = await users.upsertAdmin({ email: 'ada@example.org' })
      await users.touchSignIn(id)
      const { lastSignInAt } = (await users.findById(id))!
      expect(Math.abs(lastSignInAt!.getTime() - Date.now())).toBeLessThan(60_000)
    })
  })

  describe('sessions', () => {
    async function signIn(tokenHash: string, expiresAt = new Date(Date.now() + HOUR_MS)) {
      const user = await createUserStore(database().db).upsertAdmin({ email: 'ada@example.org' })
      const sessions = createSessionStore(database().db)
      await sessions.create({ tokenHash, userId: user.id, expiresAt, ip: '192.0.2.1', userAgent: null })
      return { sessions, user, expiresAt }
    }

    it('finds a session with its user when the token is known, and nothing otherwise', async () => {
      const { sessions, user, expiresAt } = await signIn('hash')
      const found = await sessions.findByTokenHash('hash')
      expect(found).toMatchObject({ user, session: { tokenHash: 'hash', userId: user.id, expiresAt, ip: '192.0.2.1' } })
      expect(await sessions.findByTokenHash('other')).toBeNull()
    })

    it('puts the end off when a session is extended', async () => {
      const { sessions } = await signIn('hash')
      const expiresAt = new Date(Date.now() + 9 * HOUR_MS)
      await sessions.extend('hash', expiresAt)
      expect((await sessions.findByTokenHash('hash'))?.session.expiresAt).toEqual(expiresAt)
    })

    it('sweeps expired sessions, and those alone, when another begins', async () => {
      const { sessions } = await signIn('old', new Date(Date.now() - 1))
      expect(await sessions.findByTokenHash('old')).not.toBeNull()
      await signIn('open')
      await signIn('new')
      expect(await sessions.findByTokenHash('old')).toBeNull()
      expect(await sessions.findByTokenHash('open')).not.toBeNull()
    })

    it('removes one session, or all of a user', async () => {
      const { sessions, user } = await signIn('one')
      await signIn('two')
      await signIn('three')
      await sessions.remove('one')
      expect(await sessions.findByTokenHash('one')).toBeNull()
      expect(await sessions.findByTokenHash('two')).not.toBeNull()
      await sessions.removeOfUser(user.id)
      expect(await sessions.findByTokenHash('two')).toBeNull()
      expect(await sessions.findByTokenHash('three')).toBeNull()
    })
  })

  describe('API keys', () => {
    const shop = { name: 'shop', keyHash: 'h1', prefix: 'yk_abc', scopes: ['publish'], channels: ['orders/**'] }

    it('finds a key by its hash, as it was created', async () => {
      const keys = createApiKeyStore(database().db)
      const created = await keys.create(shop)
      expect(created).toMatchObject({ ...shop, revokedAt: null, expiresAt: null, createdBy: null, lastUsedAt: null })
      expect(await keys.findByHash('h1')).toEqual(created)
      expect(await keys.findByHash('h2')).toBeNull()
    })

    it('notes the use of the keys that were used, and of no other', async () => {
      const keys = createApiKeyStore(database().db)
      const [a, b, c] = [
        await keys.create(shop),
        await keys.create({ ...shop, keyHash: 'h2' }),
        await keys.create({ ...shop, keyHash: 'h3' }),
      ]
      await keys.touch([a.id, b.id])
      await keys.touch([])
      const unused = (await keys.list()).filter(({ lastUsedAt }) => lastUsedAt === null)
      expect(unused.map(({ id }) => id)).toEqual([c.id])
    })

    it('revokes once, and keeps showing the key, when it is told to', async () => {
      const keys = createApiKeyStore(database().db)
      const { id } = await keys.create(shop)
      expect(await keys.revoke(id)).toBe(true)
      expect(await keys.revoke(id)).toBe(false)
      expect(await keys.revoke('x')).toBe(false)
      expect((await keys.findByHash('h1'))?.revokedAt).toBeInstanceOf(Date)
      expect(await keys.list()).toHaveLength(1)
    })
  })
})
