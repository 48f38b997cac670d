import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createConnection } from '../../tests/support/connection.ts'
import type { Connection } from './connection.ts'
import { HeartbeatWheel } from './heartbeat.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function wheelWith(count: number) {
  const beats = new Map<string, number>()
  const sizes: number[] = []
  const wheel = new HeartbeatWheel((connections) => {
    const all = [...connections]
    sizes.push(all.length)
    for (const { id } of all) beats.set(id, (beats.get(id) ?? 0) + 1)
  })
  const connections = Array.from({ length: count }, () => createConnection().connection)
  for (const connection of connections) wheel.add(connection)
  const beatsOf = (list: Connection[]) => list.map(({ id }) => beats.get(id) ?? 0)
  return { wheel, connections, sizes, beatsOf }
}

it('serves everyone exactly once an interval, evenly spread', () => {
  const { wheel, connections, sizes, beatsOf } = wheelWith(120)
  wheel.setInterval(25)
  vi.advanceTimersByTime(25_000)
  expect(new Set(beatsOf(connections))).toEqual(new Set([1]))
  expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([2, 3])
  vi.advanceTimersByTime(50_000)
  expect(new Set(beatsOf(connections))).toEqual(new Set([3]))
  wheel.stop()
})

it('goes on where it was at the new pace when the interval changes', () => {
  const { wheel, connections, beatsOf } = wheelWith(100)
  wheel.setInterval(25)
  vi.advanceTimersByTime(12_500)
  expect(beatsOf(connections).filter((n) => n === 1).length).toBe(50)
  wheel.setInterval(5)
  vi.advanceTimersByTime(2500)
  expect(new Set(beatsOf(connections))).toEqual(new Set([1]))
  vi.advanceTimersByTime(5000)
  expect(new Set(beatsOf(connections))).toEqual(new Set([2]))
  wheel.stop()
})

it('leaves out whoever was removed, and everybody once stopped', () => {
  const { wheel, connections, beatsOf } = wheelWith(3)
  wheel.setInterval(1)
  wheel.remove(connections[1]!)
  vi.advanceTimersByTime(1000)
  expect(beatsOf(connections)).toEqual([1, 0, 1])
  wheel.stop()
  vi.advanceTimersByTime(5000)
  expect(beatsOf(connections)).toEqual([1, 0, 1])
  expect(vi.getTimerCount()).toBe(0)
})
