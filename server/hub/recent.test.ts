import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { logEntry, turn } from '../../tests/support/hub.ts'
import type { LogEntry } from '../brokers/broker.ts'
import { RecentLog } from './recent.ts'

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => logEntry(from + i))
const offsets = (entries: LogEntry[]) => entries.map(({ offset }) => offset)

it('covers what was pushed since the reset, and gives it in order up to the limit', () => {
  const recent = new RecentLog()
  recent.reset(10)
  expect([recent.covers(9), recent.covers(10)]).toEqual([false, true])
  expect(recent.after(10, 5)).toEqual([])
  recent.push(range(11, 13))
  recent.push(range(14, 20))
  expect(offsets(recent.after(10, 100))).toEqual(offsets(range(11, 20)))
  expect(offsets(recent.after(12, 3))).toEqual([13, 14, 15])
  expect(recent.after(20, 5)).toEqual([])
})

it('lets go of the oldest and no longer covers them when there are more than 8192', () => {
  const recent = new RecentLog()
  for (let from = 1; from < 40_000; from += 1000) {
    recent.push(range(from, from + 999))
    const newest = from + 999
    const before = Math.max(0, newest - 8192)
    expect([recent.covers(before - 1), recent.covers(before)]).toEqual([false, true])
    expect(offsets(recent.after(before, 2))).toEqual([before + 1, before + 2])
    expect(recent.after(before, 10_000).length).toBe(newest - before)
    expect(recent.after(newest - 1, 10)[0]!.offset).toBe(newest)
  }
})

it('lets go of the oldest when their text is more than 8 Mi characters', () => {
  const recent = new RecentLog()
  const body = 'x'.repeat(1024 * 1024)
  for (let offset = 1; offset <= 20; offset++) recent.push([{ ...logEntry(offset), body }])
  expect([recent.covers(11), recent.covers(12)]).toEqual([false, true])
  expect(offsets(recent.after(12, 100))).toEqual([13, 14, 15, 16, 17, 18, 19, 20])
})

it('gives what follows an offset when some offsets belong to no message', () => {
  const recent = new RecentLog()
  recent.push([3, 4, 1000, 1001, 5000].map((offset) => logEntry(offset)))
  const after = (offset: number) => offsets(recent.after(offset, 2))
  expect([0, 3, 4, 500, 1001, 5000].map(after)).toEqual([[3, 4], [4, 1000], [1000, 1001], [1000, 1001], [5000], []])
})

it('is empty and begins anew when it is reset', () => {
  const recent = new RecentLog()
  recent.push(range(1, 9000))
  recent.reset(50)
  expect([recent.covers(49), recent.covers(50)]).toEqual([false, true])
  recent.push(range(51, 52))
  expect(offsets(recent.after(50, 9))).toEqual([51, 52])
})

it('frees what it let go of, though few entries are large enough to fill it', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const recent = new RecentLog()
  const body = 'x'.repeat(512 * 1024)
  const first = new WeakRef<LogEntry>(pushed(recent, 1, body))
  for (let offset = 2; offset <= 64; offset++) pushed(recent, offset, body)
  await turn()
  collect()
  expect(first.deref()).toBeUndefined()
})

function pushed(recent: RecentLog, offset: number, body: string): LogEntry {
  const entry = { ...logEntry(offset), body }
  recent.push([entry])
  return entry
}
