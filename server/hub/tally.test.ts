import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BYTES, SECONDS, Tally } from './tally.ts'

it('counts each value in the first range that it fits in, and in one of its own above all of them', () => {
  const tally = new Tally([1, 2, 5])
  for (const value of [0, 1, 1.5, 2, 5, 6, 100]) tally.add(value)
  expect([...tally.counts]).toEqual([2, 2, 1, 2])
  expect(tally.sum).toBe(115.5)
})

it('loses no value', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1e9, noNaN: true })),
      fc.constantFrom(BYTES, SECONDS),
      (values, bounds) => {
        const tally = new Tally(bounds)
        for (const value of values) tally.add(value)
        expect(tally.counts.reduce((sum, count) => sum + count, 0)).toBe(values.length)
      },
    ),
  )
})
