import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'

/** Where the versioned SQL lies. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('migrations', import.meta.url))

/** Key of the advisory lock: `yayin` as a number, so that it meets nobody else's. */
const LOCK = 0x79_61_79_69_6e

/**
 * Brings a database's schema up to date. Nodes that start together take turns: one applies, the others find it done.
 * Uses a connection of its own, without limits on time, since a migration may take long; `signal` breaks it off.
 */
export async function migrateDatabase(connection: pg.ClientConfig, signal?: AbortSignal): Promise<void> {
  const client = new pg.Client({ ...connection, statement_timeout: 0, query_timeout: 0 })
  // A connection that breaks also fails the query under way, which tells the caller.
  client.on('error', () => {})
  const breakOff = () => void client.end()
  signal?.addEventListener('abort', breakOff)
  try {
    await client.connect()
    // One transaction, not a session's lock: a pooler in transaction mode gives each transaction another session. The
    // migrator's own `begin` finds it open already and its `commit` ends it, with all that was migrated.
    await client.query('begin')
    await client.query('set local statement_timeout = 0')
    await client.query('set local client_min_messages = error')
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS_FOLDER })
    await client.query('commit')
  } finally {
    signal?.removeEventListener('abort', breakOff)
    await client.end()
  }
}
