import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge, MAX_ATTEMPTS, type Outcome, type Plan, planAfter } from './plan.ts'

const answered = (status: number, retryAfterSeconds: number | null = null): Outcome => {
  return { kind: 'answered', status, retryAfterSeconds, response: '', durationMs: 1 }
}
const unreachable: Outcome = { kind: 'unreachable', error: 'connection_refused', durationMs: 1 }
const DAY_MS = 86_400_000

describe('the judgement of an outcome', () => {
  it.each([
    [200, 'delivered'],
    [204, 'delivered'],
    [299, 'delivered'],
    [301, 'refused'],
    [307, 'refused'],
    [400, 'refused'],
    [404, 'refused'],
    [408, 'ill'],
    [410, 'gone'],
    [425, 'ill'],
    [429, 'ill'],
    [500, 'ill'],
    [503, 'ill'],
  ])('of %i is %s', (status, verdict) => {
    expect(judge(answered(status))).toBe(verdict)
  })

  it('is that the receiver is ill when there is no answer', () => {
    expect(judge(unreachable)).toBe('ill')
  })
})

describe('the plan after an attempt', () => {
  it('is to try again after seconds at first, after a day at last, and then to give up', () => {
    const plans: Plan[] = []
    let clockMs = 0
    for (let attempts = 1; plans.at(-1)?.state !== 'failed'; attempts++) {
      const plan = planAfter(unreachable, attempts, attempts - 1, 0)
      plans.push(plan)
      clockMs += plan.delayMs
    }
    expect(plans).toHaveLength(MAX_ATTEMPTS)
    expect(plans[0]).toMatchObject({ state: 'waiting', delayMs: 2000, pauseMs: 2000 })
    expect(plans.at(-2)).toMatchObject({ state: 'waiting', delayMs: DAY_MS })
    expect(clockMs / DAY_MS).toBeGreaterThan(1.5)
    expect(clockMs / DAY_MS).toBeLessThan(2.5)
  })

  it('never waits less after more attempts', () => {
    const delays = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, i) => planAfter(unreachable, i + 1, i, 0).delayMs)
    expect(delays).toEqual([...delays].sort((a, b) => a - b))
  })

  it('spreads what failed together, by a fifth at most', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: MAX_ATTEMPTS - 1 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (n, random) => {
          const least = planAfter(unreachable, n, 0, 0).delayMs
          const { delayMs } = planAfter(unreachable, n, 0, random)
          return delayMs >= least && delayMs <= least * 1.2
        },
      ),
    )
  })

  it('leaves the others alone when one event is refused', () => {
    expect(planAfter(answered(400), 1, 0, 0)).toMatchObject({ verdict: 'refused', state: 'waiting', pauseMs: 0 })
  })

  it('tries a receiver that was ill for long with the next event after five minutes', () => {
    expect(planAfter(answered(500), 1, 40, 0)).toMatchObject({ delayMs: 2000, pauseMs: 300_000 })
  })

  it('waits as long as the receiver asks, but no longer than a day', () => {
    expect(planAfter(answered(429, 90), 1, 0, 0)).toMatchObject({ delayMs: 90_000, pauseMs: 90_000 })
    expect(planAfter(answered(503, 10 ** 9), 1, 0, 0).delayMs).toBe(DAY_MS)
  })

  it('is over once it is delivered', () => {
    expect(planAfter(answered(200), 7, 6, 0.5)).toEqual({
      verdict: 'delivered',
      state: 'delivered',
      delayMs: 0,
      pauseMs: 0,
    })
  })
})
