import { expect, it } from 'vitest'
import type { StatsPoint } from '../../shared/api.ts'
import { createStatsHistoryStore } from '../../server/store/stats-history.ts'
import { statsPoint } from '../support/stats.ts'
import { describeStores } from '../support/stores.ts'

const SLOT_MS = 300_000
/** The end of a coarse row's time. */
const NOON_MS = Math.floor(Date.parse('2026-11-20T12:00:00Z') / SLOT_MS) * SLOT_MS

const point = (endMs: number, changes: Partial<StatsPoint> = {}) => statsPoint(endMs, { seconds: 10, ...changes })

describeStores('the history of the figures', (database) => {
  const store = () => createStatsHistoryStore(database().db)
  const coarse = (node: string) => store().list({ node, seconds: 300, since: new Date(0) })

  it('gives points back as they were, oldest first, and keeps one that is there', async () => {
    const points = [point(NOON_MS + 10_000, { connections: 2.5, latencyP99Ms: 7 }), point(NOON_MS)]
    await store().insert('a', points)
    await store().insert('a', [point(NOON_MS, { connections: 99 })])
    expect(await store().list({ node: 'a', seconds: 10, since: new Date(0) })).toEqual(points.toReversed())
    expect(await store().list({ node: 'a', seconds: 10, since: new Date(NOON_MS) })).toHaveLength(1)
    expect(await store().list({ node: 'b', seconds: 10, since: new Date(0) })).toEqual([])
    await store().insert('b', [point(NOON_MS)])
    const all = await store().listAll({ seconds: 10, since: new Date(0) })
    expect(all).toEqual(new Map(Object.entries({ a: points.toReversed(), b: [point(NOON_MS)] })))
  })

  it('rolls up each five minutes that are over, once, and leaves out those without a row', async () => {
    const first = Array.from({ length: 30 }, (_, i) =>
      point(NOON_MS - SLOT_MS + (i + 1) * 10_000, { connections: i, latencyP99Ms: i, latencyP50Ms: i < 2 ? 4 : null }),
    )
    await store().insert('a', [...first, point(NOON_MS + SLOT_MS + 10_000), point(NOON_MS + 2 * SLOT_MS + 10_000)])
    await store().insert('b', [point(NOON_MS)])
    await store().rollUp('a', NOON_MS + 2 * SLOT_MS + 20_000)
    await store().rollUp('a', NOON_MS + 2 * SLOT_MS + 30_000)
    expect(await coarse('a')).toMatchObject([
      { at: new Date(NOON_MS).toISOString(), connections: 14.5, latencyP50Ms: 4, latencyP99Ms: 29, seconds: 300 },
      { at: new Date(NOON_MS + 2 * SLOT_MS).toISOString(), connections: 1, latencyP99Ms: null },
    ])
    expect(await coarse('b')).toEqual([])
    expect(await store().nodes()).toEqual(['a', 'b'])
  })

  it('removes fine rows after three hours, and coarse ones after two days', async () => {
    await store().insert('a', [point(NOON_MS), point(NOON_MS + 3_600_000)])
    await store().rollUp('a', NOON_MS + SLOT_MS)
    await store().trim(NOON_MS + 3 * 3_600_000 + 1)
    const fine = await store().list({ node: 'a', seconds: 10, since: new Date(0) })
    expect(fine.map(({ at }) => at)).toEqual([new Date(NOON_MS + 3_600_000).toISOString()])
    expect(await coarse('a')).toHaveLength(1)
    await store().trim(NOON_MS + 48 * 3_600_000 + 1)
    expect(await coarse('a')).toEqual([])
  })
})
