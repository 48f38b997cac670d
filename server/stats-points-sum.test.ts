import { expect, it } from 'vitest'
import type { StatsPoint } from '../shared/api.ts'
import { statsPoint } from '../tests/support/stats.ts'
import { sumPoints } from './stats-points-sum.ts'

const START_MS = 1_700_000_100_000
const GRID = { stepSeconds: 1, sinceMs: START_MS, nowMs: START_MS + 5000 }

const point = (afterMs: number, changes: Partial<StatsPoint> = {}) =>
  statsPoint(START_MS + afterMs, { rssBytes: 100, heapUsedBytes: 50, cpu: 0.1, ...changes })
const connections = (points: readonly StatsPoint[]) => points.map((one) => one.connections)

it('adds up what can be added, and takes latency, lag and database of the worst node', () => {
  const slow = { latencyP50Ms: 1, latencyP99Ms: 90, databaseMs: 2 }
  const lagging = { latencyP50Ms: 5, latencyP99Ms: 8, lagP50Ms: 1, lagP99Ms: 70, databaseMs: 4 }
  const [sum] = sumPoints(
    [[point(500, { ...slow, publishedPerSecond: 0.1 })], [point(700, { ...lagging, publishedPerSecond: 0.2 })]],
    { ...GRID, nowMs: START_MS + 1000 },
  )
  expect(sum).toEqual(
    point(1000, {
      ...slow,
      connections: 2,
      publishedPerSecond: 0.3,
      lagP50Ms: 1,
      lagP99Ms: 70,
      databaseMs: 4,
      rssBytes: 200,
      heapUsedBytes: 100,
      cpu: 0.2,
    }),
  )
})

it('shows no dip where a node took its figures late, and ends with the newest moment', () => {
  const late = [point(900), point(2100), point(3900)]
  const steady = [500, 1500, 2500, 3500, 4500].map((ms) => point(ms, { connections: 10 }))
  const sum = sumPoints([late, steady], { ...GRID, nowMs: START_MS + 4600 })
  expect(connections(sum)).toEqual([11, 11, 11, 11, 11])
  expect(sum.at(-1)?.at).toBe(new Date(START_MS + 4600).toISOString())
})

it('counts a node no longer than ten seconds after it was silent, and leaves gaps where all were', () => {
  const gone = [point(1000, { connections: 5 })]
  const back = [point(1000), point(30_000)]
  const sum = sumPoints([gone, back], { ...GRID, nowMs: START_MS + 30_000 })
  expect(connections(sum)).toEqual([...Array<number>(11).fill(6), 1])
  expect(sum.at(-2)?.at).toBe(new Date(START_MS + 11_000).toISOString())
})

it('spreads longer points over their time, under the shorter ones that are there', () => {
  const restarted = [point(10_000, { seconds: 10, connections: 4 }), point(10_500, { connections: 7 })]
  const other = Array.from({ length: 11 }, (_, i) => point(i * 1000 + 500))
  const sum = sumPoints([restarted, other], { ...GRID, nowMs: START_MS + 11_000 })
  expect(connections(sum)).toEqual([...Array<number>(10).fill(5), 8])
})

it('takes the mean of the fine points of a coarse step', () => {
  const fine = [2, 4, 6].map((count, i) => point((i + 1) * 10_000, { seconds: 10, connections: count }))
  const [sum] = sumPoints([fine, []], { stepSeconds: 300, sinceMs: START_MS - 1, nowMs: START_MS + 30_000 })
  expect(sum).toMatchObject({ seconds: 300, connections: 4, at: new Date(START_MS + 30_000).toISOString() })
})
