import { expect, it } from 'vitest'
import { createMinuteCounter } from './stats-meters.ts'

it('counts what was within the last minute, and forgets what was before', () => {
  const counter = createMinuteCounter()
  const start = 1_700_000_000_000
  counter.add(start)
  counter.add(start + 500)
  counter.add(start + 30_000)
  expect(counter.lastMinute(start + 59_000)).toBe(3)
  expect(counter.lastMinute(start + 60_000)).toBe(1)
  expect(counter.lastMinute(start + 3_600_000)).toBe(0)
})

it('goes on counting when the clock goes back', () => {
  const counter = createMinuteCounter()
  const start = 1_700_000_000_000
  counter.add(start)
  counter.add(start - 5000)
  expect(counter.lastMinute(start)).toBe(2)
})
