import { and, asc, eq, gt, lt, or, sql } from 'drizzle-orm'
import type { StatsPoint } from '../../shared/api.ts'
import { statsHistory } from '../../shared/schema.ts'
import type { Db } from './database.ts'

/** The two steps that rows come in, in seconds, and how long rows of each are kept. */
export const FINE_SECONDS = 10
export const COARSE_SECONDS = 300
const FINE_KEPT_MS = 3 * 3_600_000
const COARSE_KEPT_MS = 48 * 3_600_000

/** The figures of the past, by node. */
export interface StatsHistoryStore {
  /** Writes points of {@link FINE_SECONDS}; one that is there already stays as it is. */
  insert(node: string, points: readonly StatsPoint[]): Promise<void>
  /** Makes the rows of {@link COARSE_SECONDS} that are due from the fine ones. */
  rollUp(node: string, nowMs: number): Promise<void>
  /** Removes what is too old, of every node. */
  trim(nowMs: number): Promise<void>
  /** Lists a node's points of one step that end after `since`, oldest first. */
  list(query: { node: string; seconds: number; since: Date }): Promise<StatsPoint[]>
  /** Lists the points of one step that end after `since`, by node, oldest first. */
  listAll(query: { seconds: number; since: Date }): Promise<Map<string, StatsPoint[]>>
  /** Every node of which something is kept, by name. */
  nodes(): Promise<string[]>
}

export function createStatsHistoryStore(db: Db): StatsHistoryStore {
  return {
    async insert(node, points) {
      const rows = points.map((point) => ({ ...point, node, at: new Date(point.at) }))
      if (rows.length > 0) await db.insert(statsHistory).values(rows).onConflictDoNothing()
    },
    rollUp: (node, nowMs) => rollUp(db, node, nowMs),
    async trim(nowMs) {
      const old = (seconds: number, keptMs: number) =>
        and(eq(statsHistory.seconds, seconds), lt(statsHistory.at, new Date(nowMs - keptMs)))
      await db.delete(statsHistory).where(or(old(FINE_SECONDS, FINE_KEPT_MS), old(COARSE_SECONDS, COARSE_KEPT_MS)))
    },
    async list({ node, seconds, since }) {
      const rows = await db
        .select()
        .from(statsHistory)
        .where(and(eq(statsHistory.node, node), eq(statsHistory.seconds, seconds), gt(statsHistory.at, since)))
        .orderBy(asc(statsHistory.at))
      return rows.map(toPoint)
    },
    async listAll({ seconds, since }) {
      const rows = await db
        .select()
        .from(statsHistory)
        .where(and(eq(statsHistory.seconds, seconds), gt(statsHistory.at, since)))
        .orderBy(asc(statsHistory.at))
      const byNode = new Map<string, StatsPoint[]>()
      for (const row of rows) {
        const points = byNode.get(row.node)
        if (points) points.push(toPoint(row))
        else byNode.set(row.node, [toPoint(row)])
      }
      return byNode
    },
    async nodes() {
      const rows = await db.selectDistinct({ node: statsHistory.node }).from(statsHistory).orderBy(statsHistory.node)
      return rows.map(({ node }) => node)
    },
  }
}

function toPoint({ node: _node, at, ...row }: typeof statsHistory.$inferSelect): StatsPoint {
  return { ...row, at: at.toISOString() }
}

/** Only spans that are over, so that a row once made is right for good; what was missed while down is made up for. */
async function rollUp(db: Db, node: string, nowMs: number): Promise<void> {
  const stepMs = COARSE_SECONDS * 1000
  const until = new Date(Math.floor(nowMs / stepMs) * stepMs).toISOString()
  const since = new Date(nowMs - FINE_KEPT_MS).toISOString()
  await db.execute(sql`
    insert into ${statsHistory} (node, seconds, at, connections, published_per_second, delivered_per_second,
      latency_p50_ms, latency_p99_ms, lag_p50_ms, lag_p99_ms, rss_bytes, heap_used_bytes, cpu, database_ms)
    select node, ${COARSE_SECONDS}::int, to_timestamp(ceil(extract(epoch from at) / ${COARSE_SECONDS}::int)
        * ${COARSE_SECONDS}::int) as slot,
      avg(connections), avg(published_per_second), avg(delivered_per_second),
      avg(latency_p50_ms), max(latency_p99_ms), avg(lag_p50_ms), max(lag_p99_ms),
      avg(rss_bytes), avg(heap_used_bytes), avg(cpu), avg(database_ms)
    from ${statsHistory}
    where node = ${node} and seconds = ${FINE_SECONDS} and at > ${since}::timestamptz and at <= ${until}::timestamptz
    group by node, slot
    on conflict do nothing`)
}
