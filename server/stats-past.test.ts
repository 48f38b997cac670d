import { expect, it } from 'vitest'
import type { StatsPoint } from '../shared/api.ts'
import { statsPoint } from '../tests/support/stats.ts'
import type { Member, NodeStatus } from './cluster/members.ts'
import { readPastOfAll } from './stats-past.ts'
import { historyName } from './stats-together.ts'
import type { StatsHistoryStore } from './store/stats-history.ts'

/** A whole step of five minutes. */
const START_MS = 1_700_000_100_000

const point = (afterSeconds: number, seconds: number, connections: number) =>
  statsPoint(START_MS + afterSeconds * 1000, { seconds, connections })

/** A store of these points, by node; `null` is one whose database is away. */
function storeOf(table: Record<string, StatsPoint[]> | null): StatsHistoryStore {
  const listAll: StatsHistoryStore['listAll'] = async ({ seconds, since }) => {
    if (table === null) throw new Error('away')
    const matching = Object.entries(table).map(([node, points]): [string, StatsPoint[]] => [
      node,
      points.filter((one) => one.seconds === seconds && Date.parse(one.at) > since.getTime()),
    ])
    return new Map(matching.filter(([, points]) => points.length > 0))
  }
  return { listAll } as Partial<StatsHistoryStore> as StatsHistoryStore
}

const figures = (points: readonly StatsPoint[]) => points.map((one) => one.connections)

it('adds up a day from rows that are rolled up, those that are not yet, and what the nodes remember', async () => {
  const store = storeOf({
    here: [point(300, 300, 10), point(600, 300, 20), point(590, 10, 999), point(610, 10, 30)],
    gone: [point(300, 300, 1)],
  })
  const past = { store, span: '24h', nowMs: START_MS + 620_000 } as const
  const tails = [
    { name: 'here', points: [point(620, 10, 50)] },
    { name: 'there', points: [point(615, 10, 2)] },
  ]
  const { names, points } = await readPastOfAll(past, tails)
  expect(names).toEqual(['here', 'gone', 'there'])
  expect(figures(points)).toEqual([11, 20, 42])
  expect(points.at(-1)?.at).toBe(new Date(START_MS + 620_000).toISOString())
})

it('adds up the last minutes from what the nodes remember while the database is away, and nothing longer', async () => {
  const past = { store: storeOf(null), nowMs: START_MS + 1000 }
  const tails = [
    { name: 'here', points: [point(1, 1, 1)] },
    { name: 'there', points: [point(1, 1, 2)] },
  ]
  expect(figures((await readPastOfAll({ ...past, span: '5m' }, tails)).points)).toEqual([3])
  await expect(readPastOfAll({ ...past, span: '1h' }, tails)).rejects.toThrow('away')
})

it('keeps the rows of nodes that share a data folder apart, those of the eldest under the name that stays', () => {
  const member = (node: string, startedAt: string, kept: string): Member => ({
    node,
    behind: 0,
    silentMs: 0,
    status: { startedAt, historyName: kept } as Partial<NodeStatus> as NodeStatus,
  })
  const own = { node: 'f-2', startedAt: '2026-11-20T12:00:00.000Z' }
  expect(historyName('f', own, [])).toBe('f')
  expect(historyName('f', own, [member('f-1', '2026-11-20T11:00:00.000Z', 'f')])).toBe('f-2')
  expect(historyName('f', own, [member('f-1', '2026-11-20T13:00:00.000Z', 'f')])).toBe('f')
  expect(historyName('f', own, [member('g-1', '2026-11-20T11:00:00.000Z', 'g')])).toBe('f')
})
