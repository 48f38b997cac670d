import { expect, it } from 'vitest'
import { nextVersion } from './version.ts'

it('tries the other version when the broker does not know this one, or hangs up', () => {
  expect(nextVersion(5, { kind: 'refused', code: 1 })).toBe(4)
  expect(nextVersion(5, { kind: 'refused', code: 0x84 })).toBe(4)
  expect(nextVersion(5, { kind: 'cut' })).toBe(4)
  expect(nextVersion(4, { kind: 'cut' })).toBe(5)
})

it('stays with the version when something else is wrong', () => {
  expect(nextVersion(5, { kind: 'unreachable' })).toBe(5)
  expect(nextVersion(5, { kind: 'refused', code: 0x87 })).toBe(5)
  expect(nextVersion(4, { kind: 'refused', code: 5 })).toBe(4)
})
