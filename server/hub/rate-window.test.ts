import fc from 'fast-check'
import { expect, it } from 'vitest'
import { RateWindow } from './rate-window.ts'

const NOW = 1_700_000_000_000

it('gives none when nothing was counted', () => {
  expect(new RateWindow().perSecond(NOW)).toBe(0)
})

it('leaves out the running second and counts it once it is full', () => {
  const rate = new RateWindow()
  rate.add(20, NOW)
  expect(rate.perSecond(NOW + 999)).toBe(0)
  expect(rate.perSecond(NOW + 1000)).toBe(2)
  expect(rate.perSecond(NOW + 10_999)).toBe(2)
  expect(rate.perSecond(NOW + 11_000)).toBe(0)
})

it('keeps what it counted when the clock jumps back', () => {
  const rate = new RateWindow()
  rate.add(10, NOW)
  rate.add(10, NOW - 3_600_000)
  expect(rate.perSecond(NOW + 1000)).toBe(2)
})

it('gives the mean of the last ten full seconds when events come at any times', () => {
  const events = fc.array(fc.record({ afterMs: fc.nat(5000), count: fc.nat(50) }), { maxLength: 40 })
  fc.assert(
    fc.property(events, fc.nat(15_000), (gaps, lookAfterMs) => {
      const rate = new RateWindow()
      let nowMs = NOW
      const added = gaps.map(({ afterMs, count }) => {
        rate.add(count, (nowMs += afterMs))
        return { second: Math.floor(nowMs / 1000), count }
      })
      const second = Math.floor((nowMs + lookAfterMs) / 1000)
      const within = added.filter((event) => event.second < second && event.second >= second - 10)
      expect(rate.perSecond(nowMs + lookAfterMs)).toBeCloseTo(within.reduce((sum, { count }) => sum + count, 0) / 10)
    }),
  )
})
