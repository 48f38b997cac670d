import { beforeEach, describe, expect, it } from 'vitest'
import { YayinError } from '../../shared/errors.ts'
import { createPasscodeLimit, type PasscodeLimit } from './passcode-limit.ts'

let nowMs: number
let limit: PasscodeLimit

beforeEach(() => {
  nowMs = 1_000_000
  limit = createPasscodeLimit(() => nowMs)
})

/** The seconds to wait; 0 when the try counts. */
function waitOf(ip: string, room = 'r1'): number {
  try {
    limit.attempt(room, ip)
    return 0
  } catch (error) {
    expect(error).toBeInstanceOf(YayinError)
    return (error as YayinError).retryAfterSeconds!
  }
}

describe('wrong passcodes', () => {
  it('cost nothing five times, then twice as much each time, up to a quarter of an hour', () => {
    for (let n = 0; n < 5; n++) expect(waitOf('203.0.113.1')).toBe(0)
    const waits = []
    for (let n = 0; n < 13; n++) {
      const wait = waitOf('203.0.113.1')
      waits.push(wait)
      nowMs += wait * 1000
      expect(waitOf('203.0.113.1')).toBe(0)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
  })

  it('are held against one network and one room, and forgotten after an hour', () => {
    for (let n = 0; n < 5; n++) waitOf('2001:db8:1:2::1')
    expect(waitOf('2001:db8:1:2::ffff')).toBe(1)
    expect(waitOf('2001:db8:1:3::1')).toBe(0)
    expect(waitOf('2001:db8:1:2::1', 'r2')).toBe(0)
    nowMs += 3_600_001
    for (let n = 0; n < 5; n++) expect(waitOf('2001:db8:1:2::1')).toBe(0)
  })

  it('do not count when they were right', () => {
    for (let n = 0; n < 50; n++) {
      expect(waitOf('203.0.113.1')).toBe(0)
      limit.succeeded('r1', '203.0.113.1')
    }
  })
})
