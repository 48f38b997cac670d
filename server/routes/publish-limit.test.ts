import { expect, it } from 'vitest'
import { defaultSettings } from '../../shared/settings.ts'
import { createPublishLimit } from './publish-limit.ts'

function limitOf(publish_rate_limit: number) {
  const clock = { nowMs: 0 }
  const values = { ...defaultSettings(), publish_rate_limit }
  return { clock, values, take: createPublishLimit({ values }, () => clock.nowMs) }
}

it('says nothing when it is off, and counts from the moment it is switched on', () => {
  const { take, values } = limitOf(0)
  expect(take('key:a', 1000)).toBeNull()
  values.publish_rate_limit = 2
  expect(take('key:a', 1)).toEqual({ name: 'publish', limit: 2, windowSeconds: 1, remaining: 1, resetSeconds: 1 })
})

it('refuses a publisher above the limit with the time to wait, and nobody else', () => {
  const { take, clock } = limitOf(10)
  expect(take('key:a', 8)?.remaining).toBe(2)
  expect(() => take('key:a', 5)).toThrow(
    expect.objectContaining({ code: 'rate_limited', retryAfterSeconds: expect.closeTo(0.3, 5) }),
  )
  expect(take('key:b', 10)?.remaining).toBe(0)
  clock.nowMs = 300
  expect(take('key:a', 5)?.remaining).toBe(0)
})

it('has a window of whole seconds when less than one message a second may come', () => {
  const { take } = limitOf(0.25)
  expect(take('key:a', 1)).toMatchObject({ limit: 1, windowSeconds: 4, remaining: 0 })
  expect(() => take('key:a', 1)).toThrow(
    expect.objectContaining({ quota: expect.objectContaining({ resetSeconds: 4 }) }),
  )
})
