import { expect, it } from 'vitest'
import { hashPassword, verifyNobody, verifyPassword } from './passwords.ts'

it('knows the password again when it is the same, and no other', async () => {
  const stored = await hashPassword('pässword')
  expect(stored).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[\w-]{22}\$[\w-]{43}$/)
  expect(await verifyPassword('pässword', stored)).toBe(true)
  expect(await verifyPassword('pässword'.normalize('NFD'), stored)).toBe(true)
  expect(await verifyPassword('password', stored)).toBe(false)
  expect(await verifyPassword('', stored)).toBe(false)
})

it('salts, so that the same password never gives the same hash', async () => {
  expect(await hashPassword('x')).not.toBe(await hashPassword('x'))
})

it('is false when what is stored is no hash', async () => {
  for (const stored of ['', 'x', '$scrypt$ln=15,r=8,p=1$$', '$argon2id$v=19$m=1$a$b']) {
    expect(await verifyPassword('x', stored)).toBe(false)
  }
})

it('is false for nobody', async () => {
  expect(await verifyNobody('x')).toBe(false)
})
