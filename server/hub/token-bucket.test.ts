import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TokenBuckets } from './token-bucket.ts'

const NOW = 1_700_000_000_000

it('lets a burst through and then says how long to wait', () => {
  const buckets = new TokenBuckets()
  for (let i = 0; i < 4; i++) expect(buckets.take('k', 1, 2, 4, NOW)).toBe(0)
  expect(buckets.take('k', 1, 2, 4, NOW)).toBe(0.5)
  expect(buckets.take('k', 1, 2, 4, NOW + 500)).toBe(0)
})

it('keeps keys apart', () => {
  const buckets = new TokenBuckets()
  expect(buckets.take('a', 1, 1, 1, NOW)).toBe(0)
  expect(buckets.take('a', 1, 1, 1, NOW)).toBe(1)
  expect(buckets.take('b', 1, 1, 1, NOW)).toBe(0)
})

it('takes a count above the burst from a full bucket only, and has it paid off', () => {
  const buckets = new TokenBuckets()
  expect(buckets.take('k', 10, 1, 4, NOW)).toBe(0)
  expect(buckets.take('k', 1, 1, 4, NOW)).toBe(7)
  expect(buckets.take('k', 10, 1, 4, NOW + 9000)).toBe(1)
  expect(buckets.take('k', 10, 1, 4, NOW + 10_000)).toBe(0)
})

it('neither gives nor takes tokens when the clock jumps back', () => {
  const buckets = new TokenBuckets()
  buckets.take('k', 3, 1, 4, NOW)
  expect(buckets.take('k', 1, 1, 4, NOW - 60_000)).toBe(0)
  expect(buckets.take('k', 1, 1, 4, NOW - 60_000)).toBe(1)
})

it('forgets no debt when it sweeps', () => {
  const buckets = new TokenBuckets()
  buckets.take('deep', 1000, 1, 10, NOW)
  buckets.take('other', 1, 1, 10, NOW + 61_000)
  expect(buckets.take('deep', 1, 1, 10, NOW + 61_000)).toBe(1000 - 10 - 61 + 1)
})

it('never lets more through than burst and rate allow, whatever the traffic', () => {
  const takes = fc.array(fc.record({ afterMs: fc.nat(3000), count: fc.integer({ min: 1, max: 5 }) }), { maxLength: 60 })
  fc.assert(
    fc.property(takes, (steps) => {
      const buckets = new TokenBuckets()
      let nowMs = NOW
      let passed = 0
      for (const { afterMs, count } of steps) {
        nowMs += afterMs
        if (buckets.take('k', count, 2, 5, nowMs) === 0) passed += count
        expect(passed).toBeLessThanOrEqual(5 + ((nowMs - NOW) / 1000) * 2 + 1e-6)
      }
    }),
  )
})
