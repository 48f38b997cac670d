import type pg from 'pg'

/** What only the database knows. */
export interface StoredFigures {
  /** Newest offset of the log in this database, or of the archive of one that lies with another engine. */
  logHead: number
  /** Deliveries to webhooks that have not succeeded yet. */
  webhooksWaiting: number
  /** Messages of apps' transactions that are not in the log yet. */
  outboxWaiting: number
}

/** Reads them; null while the database is away. */
export async function readStoredFigures(pool: pg.Pool): Promise<StoredFigures | null> {
  try {
    const { rows } = await pool.query(
      `select (select head from log_state where id = 1) as head,
         (select count(*) from webhook_deliveries where state = 'waiting') as webhooks,
         (select count(*) from sql_outbox) as outbox`,
    )
    const { head, webhooks, outbox } = rows[0] as Record<string, unknown>
    return { logHead: Number(head ?? 0), webhooksWaiting: Number(webhooks), outboxWaiting: Number(outbox) }
  } catch {
    return null
  }
}
