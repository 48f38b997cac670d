import { expect, it } from 'vitest'
import { createExpiringCache } from './expiring-cache.ts'

it('forgets a value when its time is over', () => {
  let nowMs = 0
  const cache = createExpiringCache<number>({ maxEntries: 2, now: () => nowMs })
  cache.set('a', 1, 10)
  nowMs = 9
  expect(cache.get('a')).toBe(1)
  nowMs = 10
  expect(cache.get('a')).toBeUndefined()
})

it('drops what was not used for longest when it is full', () => {
  const cache = createExpiringCache<number>({ maxEntries: 2, now: () => 0 })
  cache.set('a', 1, 10)
  cache.set('b', 2, 10)
  cache.get('a')
  cache.set('a', 3, 10)
  cache.set('c', 4, 10)
  expect(['a', 'b', 'c'].map(cache.get)).toEqual([3, undefined, 4])
})
