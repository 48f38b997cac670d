import type { SQL } from 'drizzle-orm'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LogRecord } from '../../shared/api.ts'
import type { Db } from './database.ts'
import { createEventLog, type StoredEventLog } from './event-log.ts'

/** What the statements that write bring as their one parameter. */
const insert = vi.fn<(records: LogRecord[]) => Promise<void>>()
const db = {
  execute: ({ queryChunks }: SQL) => insert(JSON.parse(queryChunks.find((chunk) => typeof chunk === 'string')!)),
  // Nothing is stored here.
  select: () => ({ from: () => ({ where: () => ({ orderBy: () => ({ limit: async () => [] }) }) }) }),
} as unknown as Db
let written: LogRecord[]
let fresh: LogRecord[]
let eventLog: StoredEventLog

beforeEach(() => {
  vi.useFakeTimers()
  written = []
  fresh = []
  databaseIsBack()
  const onRecord = (records: LogRecord[]) => void fresh.push(...records)
  const log = pino({ level: 'silent' })
  eventLog = createEventLog({ db, node: 'node-1', log, retentionDays: () => 30, onRecord })
})
afterEach(async () => {
  await eventLog.close()
  vi.useRealTimers()
})

function databaseIsBack(): void {
  insert.mockReset().mockImplementation(async (records) => void written.push(...records))
}

function databaseIsAway(): void {
  insert.mockReset().mockRejectedValue(new Error('away'))
}

function record(times: number, type = 'setting'): void {
  for (let i = 0; i < times; i++) eventLog.record({ level: 'info', type, message: 'Something', data: { i } })
}

const numbers = (records: LogRecord[]) => records.map(({ data }) => data?.i)

describe('createEventLog', () => {
  it('tells of an entry at once and writes it with others a little later', async () => {
    record(3)
    expect(numbers(fresh)).toEqual([0, 1, 2])
    expect(written).toEqual([])
    await vi.advanceTimersByTimeAsync(1000)
    expect(written).toEqual(fresh)
    expect(insert).toHaveBeenCalledTimes(1)
  })

  it('writes at once, in batches, when many wait', async () => {
    record(1200)
    await vi.advanceTimersByTimeAsync(0)
    expect(numbers(written)).toEqual(Array.from({ length: 1200 }, (_, i) => i))
    expect(insert.mock.calls.map(([records]) => records.length)).toEqual([500, 500, 200])
  })

  it('keeps entries, in order, when the database is away, and writes them when it is back', async () => {
    databaseIsAway()
    record(600)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(insert.mock.calls.length).toBeGreaterThan(3)
    expect(insert.mock.calls.length).toBeLessThan(15)
    databaseIsBack()
    await vi.advanceTimersByTimeAsync(5000)
    expect(numbers(written)).toEqual(Array.from({ length: 600 }, (_, i) => i))
  })

  it('drops the oldest and says how many when more than the bound wait', async () => {
    databaseIsAway()
    record(12_000)
    await vi.advanceTimersByTimeAsync(1000)
    databaseIsBack()
    await vi.advanceTimersByTimeAsync(10_000)
    const kept = written.filter(({ type }) => type === 'setting')
    const [report, ...others] = written.filter(({ type }) => type === 'log_dropped')
    expect(others).toEqual([])
    expect(report).toMatchObject({ level: 'warn', data: { count: 12_000 - kept.length } })
    expect(kept.length).toBeGreaterThan(9000)
    expect(kept.length).toBeLessThanOrEqual(10_000)
    expect(kept.at(-1)?.data).toEqual({ i: 11_999 })
  })

  it('sums up the rest of a second when one type floods', async () => {
    record(5000, 'broadcast')
    await vi.advanceTimersByTimeAsync(1300)
    expect(written).toHaveLength(51)
    expect(written.at(-1)).toMatchObject({ type: 'broadcast', message: '4,950 more broadcasts within this second' })
  })

  it('never throws, and writes on, when whoever hears of entries does', async () => {
    const onRecord = () => {
      throw new Error('not ready')
    }
    const log = pino({ level: 'silent' })
    const other = createEventLog({ db, node: 'node-1', log, retentionDays: () => 30, onRecord })
    other.record({ level: 'info', type: 'start', message: 'Server started' })
    await other.close()
    expect(written).toMatchObject([{ type: 'start' }])
  })

  it('writes what waits before it lists', async () => {
    record(2)
    await eventLog.list({ limit: 50 })
    expect(numbers(written)).toEqual([0, 1])
  })

  it('writes what is left when it is closed', async () => {
    record(60, 'broadcast')
    await eventLog.close()
    expect(written).toHaveLength(51)
  })
})
