import { pino } from 'pino'
import { expect, it, vi } from 'vitest'
import type { StatsPoint, StatsSpan } from '../shared/api.ts'
import { statsSample } from '../tests/support/stats.ts'
import { createStatsHistory } from './stats-history.ts'
import { readPast } from './stats-past.ts'
import type { StatsHistoryStore } from './store/stats-history.ts'

const START_MS = 1_700_000_100_000
const sample = (connections: number) => statsSample({ connections, databaseMs: 1 })

/** A history over a table in memory; `away` makes its writes fail. */
function set(stored: StatsPoint[] = []) {
  const table = { stored, away: false }
  const store: StatsHistoryStore = {
    async insert(_node, points) {
      if (table.away) throw new Error('away')
      table.stored.push(...points)
    },
    rollUp: vi.fn(async () => {}),
    trim: async () => {},
    list: async ({ seconds, since }) =>
      table.stored.filter((point) => point.seconds === seconds && Date.parse(point.at) > since.getTime()),
    listAll: async () => new Map(),
    nodes: async () => [],
  }
  const log = pino({ level: 'silent' })
  const history = createStatsHistory({ store, node: () => 'here', isStoreThere: () => true, log })
  const read = (span: StatsSpan, nowMs: number) => readPast({ store, span, nowMs }, history.tail(span))
  return { table, store, history, read }
}

it('remembers the last five minutes by the second, though the database is away', async () => {
  const { table, history, read } = set()
  table.away = true
  for (let i = 0; i <= 400; i++) history.add(sample(i), START_MS + i * 1000)
  const points = await read('5m', START_MS + 400_000)
  expect(points).toHaveLength(300)
  expect(points.map(({ connections }) => connections)).toEqual(Array.from({ length: 300 }, (_, i) => i + 101))
})

it('puts what is in the database before what it remembers, with a gap where the server was down', async () => {
  const before: StatsPoint = { ...sample(7), at: new Date(START_MS - 60_000).toISOString(), seconds: 10 }
  const { history, read } = set([before])
  history.add(sample(1), START_MS)
  const points = await read('5m', START_MS)
  expect(points.map(({ seconds, connections }) => [seconds, connections])).toEqual([
    [10, 7],
    [1, 1],
  ])
})

it('writes every ten seconds, and what waited once the database is back', async () => {
  const { table, store, history, read } = set()
  table.away = true
  for (let i = 0; i < 60; i++) {
    history.add(sample(i), START_MS + i * 1000)
    await Promise.resolve()
  }
  const hour = () => read('1h', START_MS + 60_000)
  expect(table.stored).toEqual([])
  expect((await hour()).map(({ connections }) => connections)).toEqual([4.5, 14.5, 24.5, 34.5, 44.5, 54.5])
  table.away = false
  history.add(sample(60), START_MS + 60_000)
  await vi.waitFor(() => expect(table.stored).toHaveLength(6))
  expect((await hour()).map(({ connections }) => connections)).toEqual([4.5, 14.5, 24.5, 34.5, 44.5, 54.5, 60])
  await vi.waitFor(() => expect(store.rollUp).toHaveBeenCalledOnce())
})

it('writes the running point when it is closed', async () => {
  const { table, history } = set()
  history.add(sample(3), START_MS)
  await history.close()
  expect(table.stored).toMatchObject([{ connections: 3, seconds: 10 }])
})
