import { expect, it } from 'vitest'
import type { LogEntry } from './broker.ts'
import { NatsTail } from './nats-tail.ts'

const CHARACTERS = 1024 * 1024

function entries(before: number, count: number, characters = 1): LogEntry[] {
  const body = 'x'.repeat(characters)
  const entry = { channel: 'a', body, exclude: null, source: null }
  return Array.from({ length: count }, (_, i) => ({ offset: before + i + 1, ...entry }))
}

function tailAt(offset: number): NatsTail {
  const tail = new NatsTail()
  tail.reset({ seq: 10, epoch: 'e1', floor: 0, offset, last: { seq: 10, id: 'r10' } })
  return tail
}

function put(tail: NatsTail, seq: number, before: number, count: number, epoch = 'e1', floor = 0): void {
  tail.put(seq, { id: `r${seq}`, epoch, floor, before, count }, entries(before, count))
}

const offsets = (page: { entries: LogEntry[] } | null) => page?.entries.map(({ offset }) => offset) ?? null

it('gives what follows an offset, once it is there', () => {
  const tail = tailAt(5)
  expect(tail.take(5)).toBeNull()
  put(tail, 11, 5, 2)
  put(tail, 12, 7, 1)
  expect(tail.at).toEqual({ seq: 12, epoch: 'e1', floor: 0, offset: 8, last: { seq: 12, id: 'r12' } })
  expect(offsets(tail.take(6))).toEqual([7, 8])
  expect(tail.take(8)).toBeNull()
})

it('takes each of the stream’s messages once, also those that hold no group', () => {
  const tail = tailAt(5)
  put(tail, 11, 5, 1)
  put(tail, 11, 5, 1)
  tail.skip(12)
  tail.skip(11)
  put(tail, 12, 6, 1)
  expect(tail.at.seq).toBe(12)
  expect(offsets(tail.take(0))).toEqual([6])
})

it('knows which groups the newest messages hold', () => {
  const tail = tailAt(5)
  put(tail, 11, 5, 1)
  tail.skip(12)
  expect([10, 11, 12, 13].map((seq) => tail.idAt(seq))).toEqual([null, 'r11', '', null])
  for (let seq = 13; seq < 2000; seq++) put(tail, seq, seq - 7, 1)
  expect([11, 500, 1999].map((seq) => tail.idAt(seq))).toEqual([null, null, 'r1999'])
  tail.reset({ seq: 10, epoch: 'e1', floor: 0, offset: 5, last: { seq: 10, id: 'r10' } })
  expect(tail.idAt(1999)).toBeNull()
})

it('parts what it gives where an epoch begins, and tells of an epoch without a message', () => {
  const tail = tailAt(5)
  put(tail, 11, 5, 1)
  put(tail, 12, 1000, 0, 'e2', 1000)
  expect(tail.take(5)).toMatchObject({ entries: [{ offset: 6 }], state: { epoch: 'e1' } })
  expect(tail.take(6)).toEqual({ entries: [], state: { epoch: 'e2', floor: 1000, trimmed: 0 } })
  expect(tail.take(1000)).toBeNull()
  put(tail, 13, 1000, 1, 'e2', 1000)
  expect(tail.take(1000)).toMatchObject({ entries: [{ offset: 1001 }], state: { epoch: 'e2', floor: 1000 } })
})

it('says what was trimmed when a group does not follow the one before', () => {
  const tail = tailAt(5)
  put(tail, 20, 9, 1)
  expect(tail.take(5)).toMatchObject({ entries: [{ offset: 10 }], state: { epoch: 'e1', trimmed: 9 } })
})

it('gives older entries for as long as it keeps them, and null for those before', () => {
  const tail = tailAt(0)
  for (let n = 0; n < 8; n++) {
    tail.put(11 + n, { id: 'r', epoch: 'e1', floor: 0, before: n, count: 1 }, entries(n, 1, CHARACTERS))
    tail.take(n)
  }
  expect(offsets(tail.after(5, 2))).toEqual([6, 7])
  expect(offsets(tail.after(8, 2))).toEqual([])
  expect(tail.after(0, 2)).toBeNull()
})

it('is full while too much was not taken', () => {
  const tail = tailAt(0)
  for (let n = 0; n < 17; n++) {
    expect(tail.full).toBe(false)
    tail.put(11 + n, { id: 'r', epoch: 'e1', floor: 0, before: n, count: 1 }, entries(n, 1, CHARACTERS))
  }
  expect(tail.full).toBe(true)
  tail.take(0)
  expect(tail.full).toBe(true)
  expect(offsets(tail.take(10))).toEqual([11, 12, 13, 14, 15, 16, 17])
  expect(tail.full).toBe(false)
})

it('lets those go on that wait, at a change or after their time', async () => {
  const tail = tailAt(0)
  const waiting = tail.changed(60_000)
  put(tail, 11, 0, 1)
  await waiting
  await tail.changed(1)
})
