import fc from 'fast-check'
import { expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'

it('grows from a moment to half a minute at most, however long the broker is away', () => {
  expect([1, 2, 3, 4].map((failures) => backoffMs(failures, 0))).toEqual([250, 500, 1000, 2000])
  fc.assert(
    fc.property(fc.integer({ min: 1 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (failures, random) => {
      const pauseMs = backoffMs(failures, random)
      expect(pauseMs).toBeGreaterThanOrEqual(250)
      expect(pauseMs).toBeLessThanOrEqual(30_000)
    }),
  )
})
