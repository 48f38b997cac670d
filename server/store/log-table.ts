import { and, desc, gte, inArray, lt, lte, or, sql } from 'drizzle-orm'
import type { LogRecord } from '../../shared/api.ts'
import type { LogLevel } from '../../shared/protocol.ts'
import { eventLogs } from '../../shared/schema.ts'
import type { Db } from './database.ts'
import { likePatterns } from './like.ts'
import { storableText } from './storable.ts'

/** What to take of the event log; parts left out match everything. Times are ISO 8601, both ends inside. */
export interface LogFilter {
  /** One of these. */
  level?: readonly LogLevel[] | undefined
  type?: readonly string[] | undefined
  /** Text anywhere in message, type, actor or data, whatever its case. */
  q?: string | undefined
  since?: string | undefined
  until?: string | undefined
}

/** One page of what is taken. */
export interface LogQuery extends LogFilter {
  limit: number
  /** The `nextCursor` of the page before. */
  cursor?: string | undefined
}

/** Most rows that one step of a removal takes, so that it holds nothing else up. */
const STEP = 1000

/** Writes entries in one statement; those that are there already stay as they are. */
export async function insertRecords(db: Db, records: readonly LogRecord[]): Promise<void> {
  // One parameter for all rows: building thousands would take the event loop's time.
  await db.execute(sql`
    insert into ${eventLogs} (id, timestamp, level, type, message, data, actor, node)
    select id, timestamp, level, type, message, data, actor, node
    from json_to_recordset(${JSON.stringify(records)}::json) as record (
      id text, timestamp timestamptz, level text, type text, message text, data jsonb, actor text, node text
    )
    on conflict do nothing`)
}

/** Lists entries, newest first. Ids are of one form, so that text order is that of time in every collation. */
export async function listRecords(db: Db, query: LogQuery): Promise<{ logs: LogRecord[]; nextCursor: string | null }> {
  const { limit, cursor } = query
  const rows = await db
    .select()
    .from(eventLogs)
    .where(and(condition(query), cursor === undefined ? undefined : lt(eventLogs.id, storableText(cursor))))
    .orderBy(desc(eventLogs.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const logs = page.map((row) => ({ ...row, timestamp: row.timestamp.toISOString() }))
  return { logs, nextCursor: rows.length > limit ? page.at(-1)!.id : null }
}

/** Counts entries; with `before` those that are older. */
export async function countRecords(db: Db, { before, ...filter }: LogFilter & { before?: string | undefined }) {
  const older = before === undefined ? undefined : lt(eventLogs.timestamp, new Date(before))
  return db.$count(eventLogs, and(condition(filter), older))
}

/** Lists the types that there are, by name. */
export async function listTypes(db: Db): Promise<string[]> {
  // From one type to the next through the index: reading every entry for a few words would take long.
  const { rows } = await db.execute<{ type: string }>(sql`
    with recursive step (type) as (
      select min(type) from ${eventLogs}
      union all
      select (select min(type) from ${eventLogs} where ${eventLogs.type} > step.type) from step where step.type is not null
    )
    select type from step where type is not null`)
  return rows.map(({ type }) => type)
}

/** Removes a step of the entries before a time, or of all; returns how many. */
export async function removeRecords(db: Db, before: Date | null): Promise<{ removed: number; more: boolean }> {
  const step = db
    .select({ id: eventLogs.id })
    .from(eventLogs)
    .where(before === null ? undefined : lt(eventLogs.timestamp, before))
    .limit(STEP)
  const { rowCount } = await db.delete(eventLogs).where(inArray(eventLogs.id, step))
  const removed = rowCount ?? 0
  return { removed, more: removed === STEP }
}

function condition({ level, type, q, since, until }: LogFilter) {
  return and(
    level === undefined ? undefined : inArray(eventLogs.level, [...level]),
    type === undefined
      ? undefined
      : inArray(
          eventLogs.type,
          type.map((name) => storableText(name)),
        ),
    q === undefined ? undefined : mentions(q),
    since === undefined ? undefined : gte(eventLogs.timestamp, new Date(since)),
    until === undefined ? undefined : lte(eventLogs.timestamp, new Date(until)),
  )
}

function mentions(text: string) {
  // Searched as one, so that a row is read once; of its parts only `data` is JSON.
  const searched = sql`concat_ws(' ', ${eventLogs.message}, ${eventLogs.type}, ${eventLogs.actor}, ${eventLogs.data})`
  return or(...likePatterns(text).map((pattern) => sql`${searched} ilike ${pattern}`))
}
