import { beforeEach, describe, expect, it } from 'vitest'
import { YayinError } from '../../shared/errors.ts'
import type { UserCaller } from '../auth/caller.ts'
import type { Hub } from '../hub/hub.ts'
import { createSignals, type Signals } from './signals.ts'

const as = (participantId: string): UserCaller => ({
  kind: 'user',
  sub: participantId,
  name: null,
  subscribe: [],
  publish: [],
  expiresAt: Infinity,
  tokenHash: '',
  room: { id: 'r1', participantId },
})

let nowMs: number
let published: number
let signals: Signals

beforeEach(() => {
  nowMs = 1_000_000
  published = 0
  const publisher = { publish: async () => void published++ }
  signals = createSignals({
    hub: () => ({ publisher }) as unknown as Hub,
    registry: { isPresent: () => true },
    now: () => nowMs,
  })
})

/** Sends so many at once; returns how many were taken. */
async function sendMany(from: string, count: number): Promise<number> {
  const letter = { roomId: 'r1', to: 'bob', signal: { kind: 'candidate', candidate: null } } as const
  const outcomes = await Promise.allSettled(Array.from({ length: count }, () => signals.send(as(from), letter)))
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect((outcome.reason as YayinError).code).toBe('rate_limited')
  }
  return outcomes.filter(({ status }) => status === 'fulfilled').length
}

describe('the signals of one participant', () => {
  it('may come in a burst of four hundred, then a hundred a second, whatever others send', async () => {
    expect(await sendMany('ada', 700)).toBe(400)
    expect(published).toBe(400)
    expect(await sendMany('ada', 1)).toBe(0)
    expect(await sendMany('bob', 400)).toBe(400)
    nowMs += 500
    expect(await sendMany('ada', 100)).toBe(50)
    nowMs += 60_000
    expect(await sendMany('ada', 500)).toBe(400)
  })

  it('say when the next is taken', async () => {
    await sendMany('ada', 400)
    const letter = { roomId: 'r1', to: 'bob', signal: { kind: 'offer', sdp: 'v=0' } } as const
    await expect(signals.send(as('ada'), letter)).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfterSeconds: 1,
      quota: { name: 'signals', limit: 400, windowSeconds: 4, remaining: 0 },
    })
  })
})
