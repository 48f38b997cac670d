import { beforeEach, expect, it } from 'vitest'
import { createMemoryStores, type MemoryStores } from '../../tests/support/auth-stores.ts'
import { ensureAdmin } from './admin.ts'
import { verifyPassword } from './passwords.ts'

const email = 'ada@example.org'
let stores: MemoryStores
beforeEach(() => {
  stores = createMemoryStores()
})

async function signInOnce(userId: string): Promise<void> {
  await stores.sessions.create({ tokenHash: 'h', userId, expiresAt: new Date(), ip: null, userAgent: null })
}

it('makes the admin when there is none', async () => {
  const user = await ensureAdmin({ email, password: 'first' }, stores)
  expect(user).toMatchObject({ email, role: 'admin' })
  expect(await verifyPassword('first', user.passwordHash!)).toBe(true)
})

it('changes nothing when the password is the same', async () => {
  const { id, passwordHash } = await ensureAdmin({ email, password: 'first' }, stores)
  await signInOnce(id)
  expect((await ensureAdmin({ email, password: 'first' }, stores)).passwordHash).toBe(passwordHash)
  expect(stores.rows.sessions).toHaveLength(1)
})

it('ends the sessions when the password is another', async () => {
  const { id } = await ensureAdmin({ email, password: 'first' }, stores)
  await signInOnce(id)
  const user = await ensureAdmin({ email, password: 'second' }, stores)
  expect(await verifyPassword('second', user.passwordHash!)).toBe(true)
  expect(stores.rows.sessions).toEqual([])
})

it('leaves the password as it is when none is configured', async () => {
  expect((await ensureAdmin({ email, password: null }, stores)).passwordHash).toBeNull()
  const { passwordHash } = await ensureAdmin({ email, password: 'first' }, stores)
  expect((await ensureAdmin({ email, password: null }, stores)).passwordHash).toBe(passwordHash)
})
