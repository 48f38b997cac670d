import type pg from 'pg'
import type { Position } from '../../shared/protocol.ts'
import { columnsOf, LOG_NOTIFICATION, type LogRow } from './log.ts'

/*
 * One statement, so that a message leaves the schedule and enters the log in one commit. Its row in the schedule is
 * locked first: of two nodes that find it due, or of one and somebody who cancels it, the second waits and then misses
 * it, and appends nothing. Rows are locked in one order, so that nobody waits in a circle.
 */
const APPEND_SCHEDULED = `
with due as materialized (
  select id from scheduled_messages where id = any($8::text[]) order by id for update
), state as (
  update log_state set head = head + $1 where id = 1 and (select count(*) from due) = $1
  returning epoch, head - $1 as before
), written as (
  insert into messages (log_offset, channel, type, sender, timestamp, body, exclude)
  select state.before + row.n, row.channel, row.type, row.sender, to_timestamp(row.ms / 1000.0), row.body, row.exclude
  from state, unnest($2::text[], $3::text[], $4::text[], $5::float8[], $6::text[], $7::text[])
    with ordinality as row (channel, type, sender, ms, body, exclude, n)
), gone as (
  delete from scheduled_messages where id in (select id from due) and exists (select from state)
)
select epoch, before from state`

const APPEND_SCHEDULED_AND_NOTIFY = `${APPEND_SCHEDULED}, pg_notify('${LOG_NOTIFICATION}', (before + $1)::text)`

/**
 * Appends scheduled messages, given by their ids, in order, and takes them out of the schedule, all or none; returns the
 * offset before the first, or null when one of them is not in the schedule any more. Durable once it resolves.
 */
export async function appendScheduled(
  client: pg.ClientBase,
  rows: readonly LogRow[],
  ids: readonly string[],
  notify: boolean,
): Promise<Position | null> {
  const text = notify ? APPEND_SCHEDULED_AND_NOTIFY : APPEND_SCHEDULED
  const result = await client.query({ text, values: [...columnsOf(rows), ids] })
  const state = result.rows[0] as { epoch: string; before: unknown } | undefined
  return state === undefined ? null : { epoch: state.epoch, offset: Number(state.before) }
}
