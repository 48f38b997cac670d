import { expect, it } from 'vitest'
import { sparklinePath } from './sparkline-path.ts'

const frame = { width: 60, height: 10, endsAt: 60_000, spanMs: 60_000, gapMs: 2500 }

it('runs from the bottom at 0 to the top at the largest value when points are joined', () => {
  const points = [
    { at: 58_000, value: 0 },
    { at: 59_000, value: 4 },
    { at: 60_000, value: 2 },
  ]
  expect(sparklinePath(points, frame)).toBe('M58 10h0L59 0L60 5')
})

it('leaves a gap when nothing was heard for a while', () => {
  const points = [
    { at: 10_000, value: 1 },
    { at: 20_000, value: 1 },
  ]
  expect(sparklinePath(points, frame)).toBe('M10 0h0M20 0h0')
})

it('lies on the bottom when every value is 0', () => {
  expect(sparklinePath([{ at: 60_000, value: 0 }], frame)).toBe('M60 10h0')
})

it('is empty when there are no points', () => {
  expect(sparklinePath([], frame)).toBe('')
})
