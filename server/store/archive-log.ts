import type pg from 'pg'
import { type LogRow, columnsOf } from './log.ts'

/** A message of an engine's log as it is archived. */
export interface ArchiveRow extends LogRow {
  offset: number
}

/** Where the archive of an engine's log stands. */
export interface ArchiveState {
  /** Everything up to and with this offset is in the archive. */
  head: number
  /** Everything up to and with this offset has been trimmed. */
  trimmed: number
}

/** How long a node may archive alone without a sign of life, by the database's clock. */
const LEASE = `interval '5 seconds'`

/**
 * Takes the right to archive, or prolongs it; tells whether `node` has it, and where the archive stands. The row of the
 * log has to be there.
 */
export async function leaseArchive(pool: pg.Pool, node: string): Promise<ArchiveState & { isMine: boolean }> {
  const { rows } = await pool.query(
    `with mine as (
       update log_state set archiver = $1, archiver_until = now() + ${LEASE}
       where id = 1 and (archiver is null or archiver = $1 or archiver_until < now()) returning 1
     )
     select head, trimmed, exists (select from mine) as mine from log_state where id = 1`,
    [node],
  )
  const { head, trimmed, mine } = rows[0] as { head: unknown; trimmed: unknown; mine: boolean }
  return { head: Number(head), trimmed: Number(trimmed), isMine: mine }
}

/** Gives the right to archive back, so that another node need not wait for its end. */
export async function releaseArchive(pool: pg.Pool, node: string): Promise<void> {
  await pool.query('update log_state set archiver = null, archiver_until = null where id = 1 and archiver = $1', [node])
}

/** A step of the archive: from the end that it has to have, to the one that it has afterwards. */
export interface ArchiveStep {
  node: string
  /** The engine's, which becomes that of the database. */
  epoch: string
  from: ArchiveState
  to: ArchiveState
  rows: readonly ArchiveRow[]
}

/*
 * One statement, so that the archive's end moves in the commit that brings the rows. A node that has lost its right, or
 * that is mistaken about the end, writes nothing.
 */
const APPEND = `
with mine as (
  update log_state set epoch = $12, head = $8, trimmed = greatest(trimmed, $9), archiver_until = now() + ${LEASE}
  where id = 1 and head = $10 and archiver = $11 returning 1
), written as (
  insert into messages (log_offset, channel, type, sender, timestamp, body, exclude)
  select row.log_offset, row.channel, row.type, row.sender, to_timestamp(row.ms / 1000.0), row.body, row.exclude
  from mine, unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::text[], $7::text[])
    as row (log_offset, channel, type, sender, ms, body, exclude)
)
select count(*)::int as mine from mine`

/** Moves the archive on, all or nothing; false when it is not this node's to move, or stands elsewhere. */
export async function appendArchive(pool: pg.Pool, { node, epoch, from, to, rows }: ArchiveStep): Promise<boolean> {
  const [, ...columns] = columnsOf(rows)
  const values = [rows.map(({ offset }) => offset), ...columns, to.head, to.trimmed, from.head, node, epoch]
  const result = await pool.query(APPEND, values)
  return (result.rows[0] as { mine: number }).mine === 1
}

/** Most rows that one step of trimming removes. */
const TRIM_STEP = 1000

/**
 * Removes a step of the oldest messages: those older than `beforeMs` (epoch milliseconds) and those beyond the newest
 * `keep`, counted, since an engine's offsets leave numbers out. Tells how far the archive is trimmed, and whether there
 * is more to do.
 */
export async function trimArchive(
  pool: pg.Pool,
  { beforeMs, keep }: { beforeMs: number; keep: number },
): Promise<{ trimmed: number; more: boolean }> {
  const { rows } = await pool.query(
    // Only a prefix of the log may go, so a row that is young by the clock keeps all that follow it.
    `with oldest as (
       select log_offset, timestamp from messages order by log_offset limit $3
     ), cut as (
       select greatest(
         coalesce((select min(log_offset) - 1 from oldest where timestamp >= to_timestamp($1 / 1000.0)),
                  (select max(log_offset) from oldest), 0),
         (select least(log_offset, (select max(log_offset) from oldest)) from messages
          order by log_offset desc offset $2 limit 1)
       ) as through
     ), gone as (
       delete from messages where log_offset <= (select through from cut) returning log_offset
     ), state as (
       update log_state set trimmed = greatest(trimmed, (select max(log_offset) from gone))
       where id = 1 and exists (select from gone) returning trimmed
     )
     select coalesce((select trimmed from state), (select trimmed from log_state where id = 1)) as trimmed,
       (select count(*) from gone) as gone`,
    [beforeMs, keep, TRIM_STEP],
  )
  const { trimmed, gone } = rows[0] as { trimmed: unknown; gone: unknown }
  return { trimmed: Number(trimmed), more: Number(gone) >= TRIM_STEP }
}
