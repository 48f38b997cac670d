import type pg from 'pg'
import { entriesOf, PAGE_CHARACTERS, type PageRow, stateOf, type StoredMessage } from './log.ts'

/** Most rows that are read at once of what is new. */
const NEXT_ROWS = 1024

/*
 * Where the log stands, and what follows after an offset, in one question and one snapshot: what a node asks each time
 * that another one has written.
 */
const READ_NEXT = `
select s.epoch, s.head, s.trimmed, p.* from log_state s left join lateral (
  select log_offset, channel, body, exclude from (
    select *, sum(length(body)) over (order by log_offset) - length(body) as before from (
      select log_offset, channel, body, exclude from messages where log_offset > $1 order by log_offset limit $2
    ) page
  ) summed where before < $3 order by log_offset
) p on true where s.id = 1`

/**
 * Reads how the log stands and the messages after `after`, in order: some hundreds and about half a MiB at most, so the
 * rest is to be asked for again.
 */
export async function readNext(
  pool: pg.Pool,
  after: number,
): Promise<{ epoch: string; head: number; trimmed: number; entries: StoredMessage[] }> {
  const { rows } = await pool.query(READ_NEXT, [after, NEXT_ROWS, PAGE_CHARACTERS])
  const { offset: head, epoch, trimmed } = stateOf(rows)
  return { epoch, head, trimmed, entries: entriesOf(rows as PageRow[]) }
}
