import { expect, it } from 'vitest'
import { createSignInLinks } from './sign-in-links.ts'

it('gives the user once when the code is right', () => {
  const links = createSignInLinks()
  const code = links.issue('u1')
  expect(links.redeem('wrong')).toBeNull()
  expect(links.redeem(code)).toBe('u1')
  expect(links.redeem(code)).toBeNull()
})

it('gives nobody when fifteen minutes are over', () => {
  let nowMs = 0
  const links = createSignInLinks(() => nowMs)
  const code = links.issue('u1')
  nowMs = 15 * 60_000
  expect(links.redeem(code)).toBeNull()
})

it('drops the oldest when there are too many', () => {
  const links = createSignInLinks()
  const codes = Array.from({ length: 101 }, (_, i) => links.issue(`u${i}`))
  expect(codes.map(links.redeem).slice(0, 2)).toEqual([null, 'u1'])
})
