import type pg from 'pg'
import { newEpoch } from './log.ts'

/** A message that an app published in a transaction of its own, and that has no place in the log yet. */
export interface WaitingMessage {
  seq: number
  channel: string
  type: string
  /** The publisher's own fields as JSON text: `{…}`. */
  rest: string
}

/** Most messages that one step moves. */
const STEP = 200
/** Key of the advisory lock that one node at a time empties the table under: `yayin` and one more, as a number. */
const LOCK = 0x79_61_79_69_6e_01

/**
 * Notes which engine the log lies in, null for this database: `yayin_publish()` reads it at each commit. A log that comes
 * back from an engine gets a new epoch, since the engine may have given away positions that never came here.
 */
export async function noteEngine(pool: pg.Pool, engine: string | null): Promise<void> {
  await pool.query(
    `update log_state set engine = $1, epoch = case when $1::text is null then $2 else epoch end
     where id = 1 and engine is distinct from $1`,
    [engine, newEpoch()],
  )
}

/** Moves waiting messages into the log of this database, in the order of their calls; returns how many. */
export async function moveWaiting(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query(
    `with due as materialized (select seq from sql_outbox order by seq limit ${STEP} for update skip locked)
     select yayin_append_waiting(waiting) from (
       select o as waiting from sql_outbox o where seq in (select seq from due) order by seq
     ) ordered`,
  )
  return rows.length
}

/**
 * Hands waiting messages to `publish` in the order of their calls, by one node at a time, and removes them when all of
 * them are durable; returns how many. One may be handed over again after a crash.
 */
export async function takeWaiting(
  pool: pg.Pool,
  publish: (message: WaitingMessage) => Promise<unknown>,
): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { rows: locks } = await client.query('select pg_try_advisory_xact_lock($1) as mine', [LOCK])
    const isMine = (locks[0] as { mine: boolean }).mine
    const found = isMine ? await client.query(`select * from sql_outbox order by seq limit ${STEP}`) : { rows: [] }
    const messages = found.rows as WaitingMessage[]
    await Promise.all(messages.map(publish))
    if (messages.length > 0) {
      await client.query('delete from sql_outbox where seq = any($1::bigint[])', [messages.map(({ seq }) => seq)])
    }
    await client.query('commit')
    client.release()
    return messages.length
  } catch (error) {
    client.release(true)
    throw error
  }
}
