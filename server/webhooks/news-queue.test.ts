import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { WebhookNews } from '../store/webhook-outbox.ts'
import { createNewsQueue } from './news-queue.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const news = (subject: number): WebhookNews => {
  return { event: 'connection.opened', subject: String(subject), payload: '{}', webhookIds: null }
}
const log = { warn: vi.fn(), debug: vi.fn() }

describe('the queue of events', () => {
  it('writes what came together in one go, in order, and what came meanwhile after it', async () => {
    const batches: string[][] = []
    const write = (batch: readonly WebhookNews[]) => Promise.resolve(void batches.push(batch.map((n) => n.subject)))
    const queue = createNewsQueue({ write, log })
    for (let n = 0; n < 3; n++) queue.add(news(n))
    await vi.advanceTimersByTimeAsync(100)
    queue.add(news(3))
    await vi.advanceTimersByTimeAsync(100)
    expect(batches).toEqual([['0', '1', '2'], ['3']])
  })

  it('tries again while the database is away, and drops the newest beyond what memory may hold', async () => {
    let isAway = true
    const written: string[] = []
    const queue = createNewsQueue({
      write(batch) {
        if (isAway) return Promise.reject(new Error('away'))
        written.push(...batch.map(({ subject }) => subject))
        return Promise.resolve()
      },
      log,
    })
    for (let n = 0; n < 20_010; n++) queue.add(news(n))
    await vi.advanceTimersByTimeAsync(5000)
    expect(written).toEqual([])
    expect(log.warn).toHaveBeenCalledWith({ lost: 10 }, expect.any(String))
    isAway = false
    await vi.advanceTimersByTimeAsync(5000)
    expect(written).toHaveLength(20_000)
    expect(written).toEqual(written.map((_subject, n) => String(n)))
  })

  it('writes the rest when it is closed, and takes no part in anything after', async () => {
    const write = vi.fn(() => Promise.resolve())
    const queue = createNewsQueue({ write, log })
    queue.add(news(1))
    await queue.close()
    expect(write).toHaveBeenCalledTimes(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})
