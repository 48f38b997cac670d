import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Append } from './broker.ts'
import { KEY_TTL_MS, NatsKeys } from './nats-keys.ts'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000_000 }))
afterEach(() => void vi.useRealTimers())

function append(key: string | null, scheduled?: string[]): Append {
  return { messages: [], idempotent: key === null ? null : { key, answer: '' }, ...(scheduled && { scheduled }) }
}

const head = (...keys: string[]) => ({ keys: keys.map((key) => ({ key, index: 0 })) })

it('lets a key be used once, be it in the log or in the same group', () => {
  const keys = new NatsKeys()
  keys.add(7, head('a'), Date.now())
  expect(keys.judge([append('a'), append('b'), append(null), append('b'), append('c')])).toEqual([
    false,
    true,
    true,
    false,
    true,
  ])
})

it('finds where a key was used, until its time is over', () => {
  const keys = new NatsKeys()
  const atMs = Date.now()
  keys.add(7, head('a'), atMs)
  vi.advanceTimersByTime(KEY_TTL_MS - 1)
  expect(keys.find('a')).toEqual({ seq: 7, atMs })
  expect(keys.oldestSeq()).toBe(7)
  vi.advanceTimersByTime(1)
  expect(keys.find('a')).toBeNull()
  expect(keys.oldestSeq()).toBeNull()
  expect(keys.judge([append('a')])).toEqual([true])
})

it('remembers scheduled messages for good, each of them alone', () => {
  const keys = new NatsKeys()
  keys.add(7, head('s:x', 's:y'), Date.now())
  vi.advanceTimersByTime(10 * KEY_TTL_MS)
  const group = [append(null, ['y', 'z']), append(null, ['z']), append('x')]
  expect(keys.judge(group)).toEqual([false, true, true])
  expect(keys.oldestSeq()).toBeNull()
})
