import { customAlphabet } from 'nanoid'
import type pg from 'pg'
import type { Position } from '../../shared/protocol.ts'
import { channelWhere } from './channel-sql.ts'
import { storableText } from './storable.ts'

/** A message as it is written to the log. */
export interface LogRow {
  channel: string
  type: string
  sender: string | null
  timestampMs: number
  body: string
  exclude: string | null
}

/** A message as it is read from the log. */
export interface StoredMessage {
  offset: number
  channel: string
  body: string
  exclude: string | null
}

/** An answer to keep: `first` is the index of its first message among the rows written with it. */
export interface KeptAnswer {
  key: string
  answer: string
  first: number
  count: number
}

/** Makes up an epoch. */
export const newEpoch = customAlphabet('abcdefghijklmnopqrstuvwxyz0123456789', 8)

/** Reads where the log stands, giving it an epoch at its first use. */
export async function openLog(pool: pg.Pool): Promise<Position & { trimmed: number }> {
  await pool.query('insert into log_state (id, epoch) values (1, $1) on conflict do nothing', [newEpoch()])
  return readLogState(pool)
}

/** Reads the log's epoch, its newest offset and the offset up to which it is trimmed. */
export async function readLogState(pool: pg.Pool): Promise<Position & { trimmed: number }> {
  return stateOf((await pool.query('select epoch, head, trimmed from log_state where id = 1')).rows)
}

/** Reads the log's state out of the row that holds it. */
export function stateOf(rows: readonly unknown[]): Position & { trimmed: number } {
  const { epoch, head, trimmed } = rows[0] as { epoch: string; head: unknown; trimmed: unknown }
  return { epoch, offset: Number(head), trimmed: Number(trimmed) }
}

/** Like {@link readLogState}, but not before every append that is under way has been committed or has failed. */
export async function readSettledLogState(pool: pg.Pool): Promise<Position & { trimmed: number }> {
  return stateOf((await pool.query('select epoch, head, trimmed from log_state where id = 1 for update')).rows)
}

/**
 * Gives the log another epoch than `epoch`, because positions of that one may point at other messages than they did.
 * Of several that ask for it, one is heard.
 */
export async function replaceEpoch(pool: pg.Pool, epoch: string): Promise<void> {
  await pool.query('update log_state set epoch = $1 where id = 1 and epoch = $2', [newEpoch(), epoch])
}

const KEY_TAKEN = 'key taken after'

/*
 * One statement, so one round trip and one commit. The row lock on log_state lets one append at a time through
 * until it has committed: offsets follow the order of commits, whoever else writes to the same log. A key that
 * somebody has published with in the last five minutes fails the cast at the end, and with it the whole statement.
 */
const APPEND = `
with state as (
  update log_state set head = head + $1 where id = 1 returning epoch, head - $1 as before
), written as (
  insert into messages (log_offset, channel, type, sender, timestamp, body, exclude)
  select state.before + row.n, row.channel, row.type, row.sender, to_timestamp(row.ms / 1000.0), row.body, row.exclude
  from state, unnest($2::text[], $3::text[], $4::text[], $5::float8[], $6::text[], $7::text[])
    with ordinality as row (channel, type, sender, ms, body, exclude, n)
), kept as (
  insert into idempotency_keys (key, answer, epoch, first_offset, created_at)
  select kept.key, kept.answer, state.epoch, state.before + 1 + kept.first, now()
  from state, unnest($8::text[], $9::text[], $10::int[]) as kept (key, answer, first)
  on conflict (key) do update set answer = excluded.answer, epoch = excluded.epoch,
    first_offset = excluded.first_offset, created_at = excluded.created_at
    where idempotency_keys.created_at < now() - interval '5 minutes'
  returning key
)
select epoch, before, case
  when (select count(*) from kept) < cardinality($8::text[]) then ('${KEY_TAKEN} ' || before)::int
end as taken from state`

/** The channel on which nodes that share a log tell each other that it has grown. */
export const LOG_NOTIFICATION = 'yayin_log'
/** The same, telling the other nodes when it commits; the offset alone, since a payload holds 8,000 bytes at most. */
const APPEND_AND_NOTIFY = `${APPEND}, pg_notify('${LOG_NOTIFICATION}', (before + $1)::text)`

/** How an append is made. */
export interface AppendOptions {
  /** Tells the nodes that listen to {@link LOG_NOTIFICATION}. */
  notify?: boolean
  /** Lets the database parse and plan the statement once, under this name; it must not be used over another client. */
  statementName?: string
}

/**
 * Appends rows in order, all or none; returns the offset before the first, or null when an answer is kept already for
 * one of the keys, and nothing was appended. Durable once it resolves.
 */
export async function appendMessages(
  client: pg.ClientBase,
  rows: readonly LogRow[],
  kept: readonly KeptAnswer[],
  { notify = false, statementName }: AppendOptions = {},
): Promise<Position | null> {
  const text = notify ? APPEND_AND_NOTIFY : APPEND
  const values = [
    ...columnsOf(rows),
    kept.map((answer) => answer.key),
    kept.map((answer) => answer.answer),
    kept.map((answer) => answer.first),
  ]
  const query = { text, values, ...(statementName !== undefined && { name: statementName }) }
  try {
    const { epoch, before } = (await client.query(query)).rows[0] as { epoch: string; before: unknown }
    return { epoch, offset: Number(before) }
  } catch (error) {
    if (error instanceof Error && error.message.includes(KEY_TAKEN)) return null
    throw error
  }
}

/** The first seven parameters of a statement that appends: the number of rows, and each of their columns. */
export function columnsOf(rows: readonly LogRow[]): unknown[] {
  return [
    rows.length,
    rows.map((row) => row.channel),
    rows.map((row) => storableText(row.type, 200)), // an index entry must stay small
    rows.map((row) => row.sender && storableText(row.sender)),
    rows.map((row) => row.timestampMs),
    rows.map((row) => row.body),
    rows.map((row) => row.exclude && storableText(row.exclude)),
  ]
}

/** Most rows and most characters of one page. */
const PAGE_ROWS = 256
export const PAGE_CHARACTERS = 524_288

/**
 * Reads a page of the log in order: messages on channels that `patterns` match, after one offset up to another.
 * `through` is the offset up to which everything was read; `trimmed` is of the same snapshot.
 */
export async function readPage(
  pool: pg.Pool,
  query: { after: number; upTo: number; patterns: readonly string[] },
): Promise<{ entries: StoredMessage[]; through: number; trimmed: number }> {
  const where = channelWhere(query.patterns, 5)
  const { rows } = await pool.query(
    `select s.trimmed, p.* from log_state s left join lateral (
       select log_offset, channel, body, exclude, more from (
         select *, sum(length(body)) over (order by log_offset) - length(body) as before,
           count(*) over () >= $3 as more
         from (
           select log_offset, channel, body, exclude from messages
           where log_offset > $1 and log_offset <= $2 and ${where.text}
           order by log_offset limit $3
         ) page
       ) summed where before < $4 order by log_offset
     ) p on true where s.id = 1`,
    [query.after, query.upTo, PAGE_ROWS, PAGE_CHARACTERS, ...where.values],
  )
  const entries = entriesOf(rows as PageRow[])
  const characters = entries.reduce((sum, { body }) => sum + body.length, 0)
  const more = (rows[0] as PageRow).more === true || characters >= PAGE_CHARACTERS
  const trimmed = Number((rows[0] as PageRow).trimmed)
  return { entries, through: more ? entries.at(-1)!.offset : query.upTo, trimmed }
}

/** A row of a page. */
export interface PageRow {
  trimmed: unknown
  log_offset: unknown
  channel: string
  body: string
  exclude: string | null
  more: boolean | null
}

/** Picks the messages out of a page's rows; one without any has a row of nulls. */
export function entriesOf(rows: readonly PageRow[]): StoredMessage[] {
  return rows
    .filter((row) => row.log_offset !== null)
    .map(({ log_offset, channel, body, exclude }) => ({ offset: Number(log_offset), channel, body, exclude }))
}

/** Returns the offset just before the newest `count` messages that match, or null when there are no more than that. */
export async function startOfNewest(
  pool: pg.Pool,
  query: { after: number; upTo: number; patterns: readonly string[] },
  count: number,
): Promise<number | null> {
  const where = channelWhere(query.patterns, 4)
  const { rows } = await pool.query(
    `select log_offset from messages where log_offset > $1 and log_offset <= $2 and ${where.text}
     order by log_offset desc offset $3 limit 1`,
    [query.after, query.upTo, count, ...where.values],
  )
  return rows.length === 0 ? null : Number((rows[0] as { log_offset: unknown }).log_offset)
}

/** Most rows that one step of trimming removes. */
const TRIM_STEP = 1000

/**
 * Removes a step of the oldest messages: those older than `beforeMs` (epoch milliseconds) and those beyond the newest
 * `keep`. Returns the offset up to which the log is trimmed now, and whether there is more to do.
 */
export async function trimStep(
  pool: pg.Pool,
  limits: { beforeMs: number; keep: number },
): Promise<{ trimmed: number; more: boolean }> {
  const { rows } = await pool.query(
    // Only a prefix of the log may go, so a row that is young by the clock keeps all that follow it.
    `with oldest as (
       select log_offset, timestamp from messages order by log_offset limit $3
     ), cut as (
       select greatest(
         coalesce((select min(log_offset) - 1 from oldest where timestamp >= to_timestamp($1 / 1000.0)),
                  (select max(log_offset) from oldest), 0),
         least((select head from log_state) - $2, (select coalesce(max(log_offset), 0) from oldest))
       ) as through
     ), gone as (
       delete from messages where log_offset <= (select through from cut) returning 1
     ), state as (
       update log_state set trimmed = greatest(trimmed, (select through from cut))
       where trimmed < (select through from cut) returning trimmed
     )
     select coalesce((select trimmed from state), (select trimmed from log_state)) as trimmed,
       (select count(*) from gone) as gone`,
    [limits.beforeMs, limits.keep, TRIM_STEP],
  )
  const { trimmed, gone } = rows[0] as { trimmed: unknown; gone: unknown }
  return { trimmed: Number(trimmed), more: Number(gone) >= TRIM_STEP }
}

/** Reads the answers kept since `sinceMs` (epoch milliseconds), with the positions of their first messages. */
export async function readAnswers(
  pool: pg.Pool,
  sinceMs: number,
): Promise<{ key: string; answer: string; first: Position; atMs: number }[]> {
  const { rows } = await pool.query(
    'select * from idempotency_keys where created_at >= to_timestamp($1 / 1000.0) order by created_at',
    [sinceMs],
  )
  return (rows as AnswerRow[]).map((row) => ({ key: row.key, ...answerOf(row) }))
}

/** Reads the answer kept for one key; null when there is none. */
export async function readAnswer(
  pool: pg.Pool,
  key: string,
): Promise<{ answer: string; first: Position; atMs: number } | null> {
  const { rows } = await pool.query('select * from idempotency_keys where key = $1', [key])
  return rows.length === 0 ? null : answerOf(rows[0] as AnswerRow)
}

interface AnswerRow {
  key: string
  answer: string
  epoch: string
  first_offset: unknown
  created_at: Date
}

function answerOf({ answer, epoch, first_offset, created_at }: AnswerRow) {
  return { answer, first: { epoch, offset: Number(first_offset) }, atMs: created_at.getTime() }
}

/** Removes answers kept before `beforeMs` (epoch milliseconds). */
export async function sweepAnswers(pool: pg.Pool, beforeMs: number): Promise<void> {
  await pool.query('delete from idempotency_keys where created_at < to_timestamp($1 / 1000.0)', [beforeMs])
}
