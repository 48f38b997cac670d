import { beforeEach, describe, expect, it } from 'vitest'
import { YayinError } from '../../shared/errors.ts'
import { createPasscodeLimit, type PasscodeLimit } from './passcode-limit.ts'

let nowMs: number
let limit: PasscodeLimit

beforeEach(() => {
  nowMs = 1_000_000
  limit = createPasscodeLimit(() => nowMs)
})

/** Makes one try; the seconds to wait, or 0 when it counts. */
async function waitOf(ip: string, room = 'r1', isRight = false): Promise<number> {
  try {
    expect(await limit.check(room, ip, async () => isRight)).toBe(isRight)
    return 0
  } catch (error) {
    expect(error).toBeInstanceOf(YayinError)
    return (error as YayinError).retryAfterSeconds!
  }
}

describe('wrong passcodes', () => {
  it('cost nothing five times, then twice as much each time, up to a quarter of an hour', async () => {
    for (let n = 0; n < 5; n++) expect(await waitOf('203.0.113.1')).toBe(0)
    const waits = []
    for (let n = 0; n < 13; n++) {
      const wait = await waitOf('203.0.113.1')
      waits.push(wait)
      nowMs += wait * 1000
      expect(await waitOf('203.0.113.1')).toBe(0)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
  })

  it('are held against one network and one room, and forgotten after an hour', async () => {
    for (let n = 0; n < 5; n++) await waitOf('2001:db8:1:2::1')
    expect(await waitOf('2001:db8:1:2::ffff')).toBe(1)
    expect(await waitOf('2001:db8:1:3::1')).toBe(0)
    expect(await waitOf('2001:db8:1:2::1', 'r2')).toBe(0)
    nowMs += 3_600_001
    for (let n = 0; n < 5; n++) expect(await waitOf('2001:db8:1:2::1')).toBe(0)
  })

  it('are no more than five when many come at once', async () => {
    const waits = await Promise.all(Array.from({ length: 50 }, () => waitOf('203.0.113.1')))
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5)
  })

  it('wait for no more than a hundred before them', async () => {
    const waits = await Promise.all(Array.from({ length: 110 }, () => waitOf('203.0.113.1', 'r1', true)))
    expect(waits.filter((wait) => wait === 0)).toHaveLength(100)
    expect(await waitOf('203.0.113.1', 'r1', true)).toBe(0)
  })

  it('hold nothing up when the looking fails', async () => {
    const broken = limit.check('r1', '203.0.113.1', () => Promise.reject(new Error('broken')))
    await expect(broken).rejects.toThrow('broken')
    expect(await waitOf('203.0.113.1', 'r1', true)).toBe(0)
  })
})

describe('right passcodes', () => {
  it('cost nothing, one after the other or many at once', async () => {
    for (let n = 0; n < 4; n++) await waitOf('203.0.113.1')
    const many = Array.from({ length: 50 }, () => waitOf('203.0.113.1', 'r1', true))
    expect(new Set(await Promise.all(many))).toEqual(new Set([0]))
  })
})
