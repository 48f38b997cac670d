import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepIceFresh, renewalInMs } from './ice.ts'

const iceUntil = (ms: number) => ({ iceServers: [], iceExpiresAt: new Date(ms).toISOString() })

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => void vi.useRealTimers())

it('is never due when there are no credentials', () => {
  expect(renewalInMs({ iceExpiresAt: null }, 0)).toBeNull()
})

it('fetches new credentials well before the old ones end, again and again', async () => {
  const fetchIce = vi.fn(() => Promise.resolve(iceUntil(Date.now() + 100_000)))
  const used = vi.fn<() => void>()
  const ending = new AbortController()
  keepIceFresh(iceUntil(100_000), fetchIce, used, ending.signal)
  await vi.advanceTimersByTimeAsync(79_000)
  expect(used).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(2000)
  expect(used).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(80_000)
  expect(used).toHaveBeenCalledTimes(2)
  ending.abort()
  await vi.advanceTimersByTimeAsync(800_000)
  expect(fetchIce).toHaveBeenCalledTimes(2)
})

it('asks again when the hub is away', async () => {
  const fetchIce = vi.fn(() => Promise.reject(new Error('away')))
  keepIceFresh(iceUntil(50_000), fetchIce, () => undefined, new AbortController().signal)
  await vi.advanceTimersByTimeAsync(41_000)
  expect(fetchIce).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(fetchIce).toHaveBeenCalledTimes(2)
})
