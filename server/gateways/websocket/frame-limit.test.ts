import { expect, it } from 'vitest'
import { FrameLimit } from './frame-limit.ts'

const takeMany = (limit: FrameLimit, count: number, nowMs: number) =>
  Array.from({ length: count }, () => limit.take(nowMs))

it('takes twice the rate at once, then the rate', () => {
  const limit = new FrameLimit(() => 10, 0)
  expect(takeMany(limit, 21, 0)).toEqual([...Array<string>(20).fill('taken'), 'refused'])
  expect(takeMany(limit, 6, 500)).toEqual([...Array<string>(5).fill('taken'), 'refused'])
})

it('loses patience when ten seconds’ worth was refused, and forgets when it is quiet', () => {
  const limit = new FrameLimit(() => 10, 0)
  expect(takeMany(limit, 120, 0).at(-1)).toBe('refused')
  expect(takeMany(limit, 220, 1_000_000).at(20)).toBe('refused')
  expect(takeMany(limit, 100, 1_000_000).at(-1)).toBe('too_many')
})

it('never loses patience with a client that stays within the rate', () => {
  const limit = new FrameLimit(() => 10, 0)
  const verdicts = Array.from({ length: 1000 }, (_, i) => limit.take(i * 100))
  expect(new Set(verdicts)).toEqual(new Set(['taken']))
})

it('follows the rate as it changes', () => {
  let perSecond = 1
  const limit = new FrameLimit(() => perSecond, 0)
  expect(takeMany(limit, 3, 0)).toEqual(['taken', 'taken', 'refused'])
  perSecond = 100
  expect(takeMany(limit, 50, 500)).toEqual(Array<string>(50).fill('taken'))
})
