import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createRenewal, endOf } from './renewal.ts'
import type { Request } from './request.ts'

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => vi.useRealTimers())

/** A token that ends after so many seconds. */
const tokenFor = (seconds: number) =>
  `e30.${btoa(JSON.stringify({ sub: 'ada', exp: Date.now() / 1000 + seconds })).replaceAll('=', '')}.x`

function start(seconds: number, renewable = true) {
  const bodies: unknown[] = []
  const dropped: string[] = []
  const request = (async (_method: string, _path: string, { body }: { body: unknown }) => {
    bodies.push(body)
    return { dropped: ['gone'] }
  }) as unknown as Request
  const tokens = {
    renewable,
    last: tokenFor(seconds) as string | null,
    fresh: async () => (tokens.last = tokenFor(seconds)),
  }
  const renewal = createRenewal(tokens, request)
  renewal.start('c1', (channel) => dropped.push(channel))
  return { bodies, dropped, renewal }
}

it('hands in a fresh token a minute before the old one ends, again and again', async () => {
  const { bodies, dropped } = start(3600)
  await vi.advanceTimersByTimeAsync(3_539_000)
  expect(bodies).toEqual([])
  await vi.advanceTimersByTimeAsync(1000)
  expect(bodies).toEqual([{ token: expect.any(String) }])
  expect(dropped).toEqual(['gone'])
  await vi.advanceTimersByTimeAsync(3_540_000)
  expect(bodies).toHaveLength(2)
})

it('does so with a fifth of its life left when that is shorter', async () => {
  const { bodies } = start(10)
  await vi.advanceTimersByTimeAsync(7999)
  expect(bodies).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(bodies).toHaveLength(1)
})

it('does nothing when it is stopped, or when there is no other token to be had', async () => {
  const stopped = start(10)
  stopped.renewal.stop()
  const fixed = start(10, false)
  await vi.advanceTimersByTimeAsync(20_000)
  expect([...stopped.bodies, ...fixed.bodies]).toEqual([])
})

it.each(['yk_key', '', null, 'a.b.c', 'a.e30.c'])('knows no end when the token is %s', (token) => {
  expect(endOf(token)).toBeNaN()
})
