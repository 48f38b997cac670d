import { expect, it } from 'vitest'
import { createSignInLimits, type SignInLimits } from './sign-in-limits.ts'

/** Attempts `count` times at once; returns the outcomes, `ok` or the error's code. */
async function attempt(limits: SignInLimits, count: number, ip: (i: number) => string, account: string | null) {
  const attempts = Array.from({ length: count }, (_, i) => limits.attempt(ip(i), account))
  return (await Promise.allSettled(attempts)).map((a) => (a.status === 'fulfilled' ? 'ok' : a.reason.code))
}

/** Attempts once after the other, waiting as long as told; returns the waits in seconds. */
async function waitsOf(limits: SignInLimits, count: number, clock: { nowMs: number }): Promise<number[]> {
  const waits: number[] = []
  for (let i = 0; i < count; i++) {
    const wait = await limits.attempt(`10.0.0.${i}`, 'ada@example.org').then(
      () => 0,
      (error: { retryAfterSeconds: number }) => error.retryAfterSeconds,
    )
    if (wait === 0) continue
    waits.push(wait)
    clock.nowMs += wait * 1000
    await limits.attempt(`10.0.1.${i}`, 'ada@example.org')
  }
  return waits
}

it('refuses the eleventh attempt of an address when all come at once', async () => {
  const outcomes = await attempt(createSignInLimits(), 12, () => '10.0.0.1', null)
  expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(10)
  expect(outcomes.at(-1)).toBe('rate_limited')
})

it('refuses the sixth attempt on an account when they come from everywhere', async () => {
  const limits = createSignInLimits()
  expect(await attempt(limits, 5, (i) => `10.0.0.${i}`, 'Ada@example.org')).toEqual(Array(5).fill('ok'))
  await expect(limits.attempt('10.0.1.1', ' ada@example.org')).rejects.toMatchObject({
    code: 'rate_limited',
    retryAfterSeconds: 1,
    quota: { name: 'sign-in', remaining: 0, resetSeconds: 1 },
  })
  await limits.attempt('10.0.1.1', 'eve@example.org')
})

it('doubles the wait with each failure, to a quarter of an hour', async () => {
  const clock = { nowMs: 1_000_000 }
  const waits = await waitsOf(
    createSignInLimits(() => clock.nowMs),
    18,
    clock,
  )
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
})

it('forgets failures when an hour went by without any', async () => {
  const clock = { nowMs: 1_000_000 }
  const limits = createSignInLimits(() => clock.nowMs)
  await attempt(limits, 5, () => '10.0.0.1', 'ada@example.org')
  clock.nowMs += 3_600_001
  expect(await attempt(limits, 5, () => '10.0.0.1', 'ada@example.org')).toEqual(Array(5).fill('ok'))
})

it('counts a network of IPv6 as one address', async () => {
  const limits = createSignInLimits()
  const outcomes = await attempt(limits, 11, (i) => `2001:db8:0:1::${i}`, null)
  expect(outcomes.at(-1)).toBe('rate_limited')
  await limits.attempt('2001:db8:0:2::1', null)
})

it('counts failures alone when sign-ins succeed', async () => {
  const limits = createSignInLimits()
  for (let i = 0; i < 30; i++) {
    await limits.attempt('10.0.0.1', 'ada@example.org')
    await limits.succeeded('10.0.0.1', 'ada@example.org')
  }
  expect(await attempt(limits, 5, () => '10.0.0.1', 'ada@example.org')).toEqual(Array(5).fill('ok'))
})

it('keeps an address waiting when one of its sign-ins succeeds', async () => {
  const clock = { nowMs: 1_000_000 }
  const limits = createSignInLimits(() => clock.nowMs)
  await attempt(limits, 10, () => '10.0.0.1', null)
  clock.nowMs += 1000
  await limits.attempt('10.0.0.1', 'eve@example.org')
  await limits.succeeded('10.0.0.1', 'eve@example.org')
  await expect(limits.attempt('10.0.0.1', 'ada@example.org')).rejects.toMatchObject({ code: 'rate_limited' })
})
