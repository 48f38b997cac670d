import { expect, it } from 'vitest'
import { passwordFault } from './password.ts'
import { WORDS } from './words.ts'

const words = WORDS.en.password

it.each([
  ['', '12 more characters are needed.'],
  ['eleven char', '1 more character is needed.'],
  ['twelve chars', undefined],
  ['🔑'.repeat(12), undefined],
  ['a'.repeat(128), undefined],
  ['a'.repeat(129), 'A password has 128 characters at most.'],
])('says of %j: %s', (password, fault) => {
  expect(passwordFault(password, words)).toBe(fault)
})
