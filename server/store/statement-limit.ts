import pg from 'pg'

/** How long one statement may take, in milliseconds. */
const STATEMENT_TIMEOUT_MS = 10_000

/**
 * Lets the server end what takes too long, on all connections that `pool` makes from now on. A pooler that does not
 * take the limit at the start of a connection (PgBouncer) goes without, and has limits of its own.
 */
export async function limitStatements(pool: pg.Pool): Promise<void> {
  const probe = new pg.Client({ ...pool.options, statement_timeout: STATEMENT_TIMEOUT_MS })
  // A connection that breaks also fails what is under way.
  probe.on('error', () => undefined)
  try {
    await probe.connect()
    pool.options.statement_timeout = STATEMENT_TIMEOUT_MS
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('unsupported startup parameter'))) throw error
  } finally {
    await probe.end()
  }
}
