import { expect, it } from 'vitest'
import { createSignInLimits, type SignInLimits } from './sign-in-limits.ts'

/** Attempts `count` times; returns the outcomes, `ok` or the error's code. */
async function attempt(limits: SignInLimits, count: number, ip: (i: number) => string, account: string | null) {
  const attempts = Array.from({ length: count }, (_, i) => limits.attempt(ip(i), account))
  return (await Promise.allSettled(attempts)).map((a) => (a.status === 'fulfilled' ? 'ok' : a.reason.code))
}

it('refuses the eleventh attempt of an address when all come at once', async () => {
  const outcomes = await attempt(createSignInLimits(), 12, () => '10.0.0.1', null)
  expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(10)
  expect(outcomes.at(-1)).toBe('rate_limited')
})

it('refuses the eleventh attempt on an account when they come from everywhere', async () => {
  const limits = createSignInLimits()
  expect(await attempt(limits, 10, (i) => `10.0.0.${i}`, 'Ada@example.org')).toEqual(Array(10).fill('ok'))
  await expect(limits.attempt('10.0.1.1', 'ada@example.org')).rejects.toMatchObject({
    code: 'rate_limited',
    retryAfterSeconds: 900,
  })
  await limits.attempt('10.0.1.1', 'eve@example.org')
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
  expect(await attempt(limits, 10, () => '10.0.0.1', 'ada@example.org')).toEqual(Array(10).fill('ok'))
})
