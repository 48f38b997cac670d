import { expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'

const almostOne = () => 1 - Number.EPSILON

it('doubles the longest wait from 1 s and stops at 30 s when attempts fail in a row', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map((n) => backoffMs(n, almostOne))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
  ])
})

it('waits anywhere down to nothing when the dice say so', () => {
  expect(backoffMs(4, () => 0)).toBe(0)
  expect(backoffMs(4, () => 0.5)).toBe(4000)
})

it('stays finite when attempts run into the thousands', () => {
  expect(backoffMs(5000, almostOne)).toBe(30_000)
})
