import { expect, it } from 'vitest'
import { defaultSettings } from '../../shared/settings.ts'
import { ConnectLimit } from './connect-limit.ts'

const limitOf = (connect_rate_limit: number) =>
  new ConnectLimit({ values: { ...defaultSettings(), connect_rate_limit } })
/** How many of `count` newcomers of one instant are let in. */
function letIn(limit: ConnectLimit, count: number, ip: (i: number) => string, nowMs = 0): number {
  let taken = 0
  for (let i = 0; i < count; i++) {
    try {
      limit.take(ip(i), nowMs)
      taken++
    } catch (error) {
      expect(error).toMatchObject({ code: 'rate_limited', quota: { name: 'connect', remaining: 0 } })
    }
  }
  return taken
}

it('lets ten seconds’ worth in at once, and then as many as the limit says', () => {
  const limit = limitOf(2)
  expect(letIn(limit, 30, () => '192.0.2.1')).toBe(20)
  expect(letIn(limit, 30, () => '192.0.2.1', 3000)).toBe(6)
  expect(letIn(limit, 30, () => '192.0.2.2', 3000)).toBe(20)
})

it('lets in one more for each that it was told to count anew', () => {
  const limit = limitOf(1)
  expect(letIn(limit, 30, () => '192.0.2.1')).toBe(10)
  limit.giveBack('192.0.2.1')
  limit.giveBack('192.0.2.2')
  expect(letIn(limit, 30, () => '192.0.2.1')).toBe(1)
})

it('counts a network of IPv6 as one address', () => {
  expect(letIn(limitOf(1), 30, (i) => `2001:db8:0:1::${i}`)).toBe(10)
})

it('lets everybody in when it is off, and this machine itself always', () => {
  expect(letIn(limitOf(0), 1000, () => '192.0.2.1')).toBe(1000)
  expect(letIn(limitOf(1), 1000, () => '127.0.0.1')).toBe(1000)
  expect(letIn(limitOf(1), 1000, () => '::1')).toBe(1000)
})

it('lets 8,000 clients behind one address come back within seconds by default', () => {
  expect(letIn(limitOf(defaultSettings().connect_rate_limit), 8000, () => '192.0.2.1')).toBe(8000)
})
