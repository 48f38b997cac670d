import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { LatencyWindow } from './latency.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 }))
afterEach(() => void vi.useRealTimers())

it('gives zero when nothing was recorded', () => {
  expect(new LatencyWindow().percentiles(Date.now())).toEqual({ p50: 0, p99: 0 })
})

it('gives percentiles in milliseconds, to a thousandth', () => {
  const latency = new LatencyWindow()
  for (let ms = 1; ms <= 100; ms++) latency.record(ms, Date.now())
  latency.record(0, Date.now())
  const { p50, p99 } = latency.percentiles(Date.now())
  expect(p50).toBeCloseTo(50, 0)
  expect(p99).toBeCloseTo(99, 0)
})

it('keeps a duration for ten seconds at least and lets go of it after twenty', () => {
  const latency = new LatencyWindow()
  const startMs = Date.now()
  latency.record(5, startMs + 9999)
  expect(latency.percentiles(startMs + 10_000).p50).toBeCloseTo(5)
  expect(latency.percentiles(startMs + 19_999).p50).toBeCloseTo(5)
  expect(latency.percentiles(startMs + 20_000).p50).toBe(0)
})

it('still has the last durations when nobody asked for a long time', () => {
  const latency = new LatencyWindow()
  const startMs = Date.now()
  latency.record(100, startMs)
  latency.record(2, startMs + 3_600_000)
  const { p50, p99 } = latency.percentiles(startMs + 3_605_000)
  expect([p50, p99].map(Math.round)).toEqual([2, 2])
})
