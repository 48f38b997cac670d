import { expect, it } from 'vitest'
import { createLogIds } from './log-ids.ts'

const NOW = 36 ** 7

it('grows as text with every id, within a millisecond, over time and when the clock goes back', () => {
  const next = createLogIds('node-abcd')
  const times = [NOW, NOW, NOW, NOW + 1, NOW + 1000, NOW, NOW - 5000, NOW + 1001, NOW * 36]
  const ids = times.map((ms) => next(ms))
  expect(new Set(ids).size).toBe(times.length)
  expect(ids).toEqual(ids.toSorted())
})

it('holds the time, a counter and the end of the node’s name', () => {
  const next = createLogIds('node-abcd')
  expect([next(NOW), next(NOW)]).toEqual(['0100000000000-abcd', '0100000000001-abcd'])
})

it('fills up the mark when the node’s name is short', () => {
  expect(createLogIds('n!')(NOW)).toBe('0100000000000-000n')
})
