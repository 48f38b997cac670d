import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { YayinError } from '../shared/errors.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'
import type { ScheduledRow } from './store/scheduled.ts'

const START = new Date('2026-11-21T06:00:00.000Z')

let rows: ScheduledRow[]
/** What was published: who, at what second, what. */
let published: [string | null, number, unknown[]][]
let failures: YayinError[]
let looks: number
let scheduler: Scheduler

beforeEach(() => {
  vi.useFakeTimers({ now: START })
  rows = []
  published = []
  failures = []
  looks = 0
  scheduler = createScheduler({
    table: {
      due: async (at, limit) => {
        looks++
        return rows.filter(({ deliverAt }) => deliverAt <= at).slice(0, limit)
      },
      next: async () => rows[0]?.deliverAt ?? null,
      remove: async (id) => forget([id]),
    },
    publisher: {
      publish: async (drafts, { from, scheduled }) => {
        const failure = failures.shift()
        if (failure) throw failure
        forget(scheduled!)
        published.push([
          from,
          (Date.now() - START.getTime()) / 1000,
          drafts.map(({ rest }) => JSON.parse(rest) as unknown),
        ])
        return drafts.map(({ channel }) => ({ id: 'e.1', channel, timestamp: START.toISOString(), recipients: 0 }))
      },
    },
    eventLog: { record: () => undefined },
    log: pino({ level: 'silent' }),
  })
})
afterEach(async () => {
  await scheduler.stop()
  vi.useRealTimers()
})

function forget(ids: readonly string[]): boolean {
  const before = rows.length
  rows = rows.filter(({ id }) => !ids.includes(id))
  return rows.length < before
}

/** Puts a message of `sender` into the schedule, due after `seconds`. */
function add(
  seconds: number,
  n: number,
  sender: string | null = null,
  message = JSON.stringify({ type: 'a', n }),
): Date {
  const deliverAt = new Date(START.getTime() + seconds * 1000)
  const scheduledBy = sender === null ? 'key:1' : `user:${sender}`
  rows.push({ id: `s${n}`, seq: n, channel: 'a', message, sender, scheduledBy, deliverAt, createdAt: START })
  rows.sort((a, b) => Number(a.deliverAt) - Number(b.deliverAt) || a.seq - b.seq)
  return deliverAt
}
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000)
const unavailable = () => new YayinError('unavailable', 'away')

it('publishes what came due while it was away at once, oldest first, a publisher’s together', async () => {
  add(-1, 3, 'bob')
  add(-9, 1)
  add(-5, 2)
  add(0, 4)
  scheduler.start()
  await pass(0)
  expect(published).toEqual([
    [null, 0, [{ n: 1 }, { n: 2 }]],
    ['bob', 0, [{ n: 3 }]],
    [null, 0, [{ n: 4 }]],
  ])
})

it('publishes each at its time, and looks no oftener than it has to', async () => {
  scheduler.start()
  await pass(1)
  scheduler.note(add(40, 2))
  scheduler.note(add(2, 1))
  scheduler.note(add(41, 3))
  await pass(45)
  expect(published.map(([, second, [first]]) => [second, first])).toEqual([
    [2, { n: 1 }],
    [40, { n: 2 }],
    [41, { n: 3 }],
  ])
  expect(looks).toBeLessThan(20)
})

it('finds within seconds what another node has scheduled and not published', async () => {
  scheduler.start()
  await pass(1)
  add(2, 1)
  await pass(6)
  expect(published.map(([, second]) => second)).toEqual([5])
})

it('tries again when the log is away, and loses nothing', async () => {
  failures = [unavailable(), unavailable()]
  add(0, 1)
  scheduler.start()
  await pass(0.5)
  expect(published).toEqual([])
  await pass(3)
  expect(published).toEqual([[null, 2, [{ n: 1 }]]])
})

it('reads the schedule anew when another node was faster', async () => {
  add(0, 1, 'ada')
  add(0, 2, 'bob')
  failures = [new YayinError('conflict', 'gone')]
  forget(['s1'])
  scheduler.start()
  await pass(0)
  expect(published).toEqual([['bob', 0, [{ n: 2 }]]])
})

it('drops what can not be published any more, and publishes the rest', async () => {
  add(0, 1, null, '{"type":"ack"}')
  add(0, 2)
  scheduler.start()
  await pass(0)
  expect(rows).toEqual([])
  expect(published).toEqual([[null, 0, [{ n: 2 }]]])
})

it('publishes nothing more when it was stopped', async () => {
  scheduler.start()
  await pass(0)
  scheduler.note(add(1, 1))
  await scheduler.stop()
  await pass(60)
  expect(published).toEqual([])
})
