import { describe, expect, it } from 'vitest'
import { type Arrival, type Attempt, findFaults, type SubscriberRecord, timesOf } from './oracle-record.ts'

const attempt = (n: number, outcome: Attempt['outcome']): Attempt => {
  return { by: 'p', n, url: 'http://a', startedAtMs: n * 10, endedAtMs: n * 10 + 4, outcome }
}
const answered = (n: number, status = 200) =>
  attempt(n, { kind: 'answered', status, id: status === 200 ? `e.${n + 1}` : null, retryAfterSeconds: null })
const arrival = (n: number, id = `e.${n + 1}`): Arrival => ({ id, by: 'p', n, atMs: n * 10 + 6 })
const subscriber = (name: string, arrivals: Arrival[], gaps: unknown[] = []): SubscriberRecord => {
  return { name, arrivals, gaps, connections: 1 }
}

describe('findFaults', () => {
  const attempts = [answered(0), answered(1), answered(2)]
  const whole = [0, 1, 2].map((n) => arrival(n))
  const faultsOf = (arrivals: Arrival[]) => findFaults({ subscribers: [subscriber('s', arrivals)], attempts })

  it('finds nothing when everything came once and in order', () => {
    expect(findFaults({ subscribers: [subscriber('s', whole), subscriber('t', whole)], attempts })).toEqual([])
  })

  it('takes a message that nobody was answered for, as long as all got it', () => {
    const more = [...whole, arrival(3)]
    expect(findFaults({ subscribers: [subscriber('s', more), subscriber('t', more)], attempts })).toEqual([])
  })

  it('finds what was lost, came twice or went back', () => {
    expect(faultsOf([arrival(0), arrival(2)])).toEqual(['s: lost what was answered 200: p-1 (e.2)'])
    expect(faultsOf([...whole, arrival(2, 'e.4')]).join()).toContain('got a message twice: p-2 (e.4)')
    expect(faultsOf([arrival(0), arrival(2), arrival(1)]).join()).toContain('id did not grow at p-1 (e.2)')
    expect(faultsOf([arrival(0), arrival(2, 'e.2'), arrival(1, 'e.3')]).join()).toContain('out of order at p-1 (e.3)')
    expect(faultsOf([arrival(0), arrival(1), arrival(2, 'f.3')]).join()).toContain('id did not grow at p-2 (f.3)')
    expect(faultsOf([arrival(0), arrival(1), arrival(2, 'e.9')]).join()).toContain('answered e.3, arrived as e.9')
  })

  it('finds where subscribers differ', () => {
    const subscribers = [subscriber('s', [...whole, arrival(3)]), subscriber('t', whole)]
    expect(findFaults({ subscribers, attempts })).toEqual(['t got 3 messages, s 4; they part at the end'])
  })

  it('finds gaps that were told, answers that never came and others than 200 and 503', () => {
    const subscribers = [subscriber('s', whole, [{ status: 'gap', reason: 'epoch' }])]
    const faults = findFaults({
      subscribers,
      attempts: [
        ...attempts,
        attempt(3, { kind: 'silent', isExcused: false }),
        attempt(4, { kind: 'silent', isExcused: true }),
        attempt(5, { kind: 'cut' }),
        answered(6, 500),
        answered(7, 503),
        attempt(8, { kind: 'answered', status: 503, id: null, retryAfterSeconds: 1 }),
      ],
    })
    expect(faults).toEqual([
      's: was told of a gap: {"status":"gap","reason":"epoch"}',
      'no answer within the limit: p-3 at http://a: silent after 4 ms',
      'neither 200 nor 503 with Retry-After: p-6 at http://a: 500 after 4 ms, p-7 at http://a: 503 after 4 ms',
    ])
  })

  it('takes silence for a fault', () => {
    expect(findFaults({ subscribers: [], attempts: [] })).toEqual([
      'there was no subscriber',
      'nothing was answered 200',
    ])
  })
})

describe('timesOf', () => {
  it('measures from the request that was answered to the arrival, and the longest time without an answer', () => {
    const attempts = [answered(0), attempt(1, { kind: 'cut' }), answered(1), answered(5)]
    const subscribers = [subscriber('s', [arrival(0), arrival(1), arrival(5)])]
    expect(timesOf({ subscribers, attempts })).toEqual({
      deliveryMs: { p50: 6, p99: 6, max: 6 },
      longestWithoutPublishMs: 40,
      published: 3,
      refused: 1,
    })
  })
})
