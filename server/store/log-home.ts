import type pg from 'pg'
import { newEpoch } from './log.ts'

/*
 * A table has a number of its own in its database, and a database in its server. A dump brings back the rows and not the
 * numbers, so a restored log is known by them.
 */
const HERE = `
select concat_ws('.', $SYSTEM, d.oid, 'log_state'::regclass::oid) as home
from pg_database d where d.datname = current_database()`

const SETTLE = `
update log_state set home = $1, epoch = case when home is null then epoch else $2 end
where id = 1 and home is distinct from $1
returning epoch = $2 as renewed`

/**
 * Gives the log a new epoch when it was restored from a dump, since messages that came after the dump are not in it and
 * their positions will be used again; it has to be open. Returns whether it did. A log that was
 * copied with the server's files looks like the one it was copied from, and is not known.
 */
export async function renewRestoredLog(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query(SETTLE, [await readHome(pool), newEpoch()])
  return (rows[0] as { renewed: boolean } | undefined)?.renewed ?? false
}

async function readHome(pool: pg.Pool): Promise<string> {
  // Some hosted servers keep their own number to themselves; the others' two are nearly as good.
  const { rows } = await pool.query(`select has_function_privilege('pg_control_system()', 'execute') as allowed`)
  const isAllowed = (rows[0] as { allowed: boolean }).allowed
  const system = isAllowed ? '(select system_identifier from pg_control_system())' : 'null'
  const { rows: found } = await pool.query(HERE.replace('$SYSTEM', system))
  return (found[0] as { home: string }).home
}
