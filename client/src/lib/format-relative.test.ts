import { expect, it } from 'vitest'
import { formatRelative } from './format-relative.ts'

const NOW = Date.parse('2026-11-20T12:00:00Z')
const MINUTE = 60_000

it.each([
  [-20_000, 'now'],
  [-90_000, '1 minute ago'],
  [-59 * MINUTE, '59 minutes ago'],
  [-60 * MINUTE, '1 hour ago'],
  [-24 * 60 * MINUTE, 'yesterday'],
  [-40 * 24 * 60 * MINUTE, 'last month'],
  [3 * 24 * 60 * MINUTE, 'in 3 days'],
  [7 * 24 * 60 * MINUTE - 900, 'in 7 days'],
  [30_000, 'now'],
])('says when %i ms from now is: %s', (offset, text) => {
  expect(formatRelative(NOW + offset, NOW, 'en')).toBe(text)
})

it('speaks Turkish when asked to', () => {
  expect(formatRelative(NOW - 5 * MINUTE, NOW, 'tr')).toBe('5 dakika önce')
})
