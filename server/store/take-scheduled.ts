import type pg from 'pg'

/**
 * Takes messages out of the schedule once `publish` has put them into a log outside this database; null, without a
 * call, when one of them is not in the schedule any more. Their rows stay locked meanwhile: of two nodes that find them
 * due, or of one and somebody who cancels, the second waits and then misses them.
 *
 * What `publish` has done stands even if the row can not be taken out then; the log must know the ids, and not take
 * them again.
 */
export async function takeScheduled<T>(
  pool: pg.Pool,
  ids: readonly string[],
  publish: () => Promise<T>,
): Promise<T | null> {
  const client = await pool.connect()
  let failure: unknown
  try {
    await client.query('begin')
    const text = 'select id from scheduled_messages where id = any($1::text[]) order by id for update'
    const { rowCount } = await client.query(text, [ids])
    if (rowCount !== ids.length) {
      await client.query('rollback')
      return null
    }
    const published = await publish()
    await client
      .query('delete from scheduled_messages where id = any($1::text[])', [ids])
      .then(() => client.query('commit'))
      .catch((error: unknown) => (failure = error))
    return published
  } catch (error) {
    failure = error
    throw error
  } finally {
    // A connection in mid-transaction is of no more use to anybody.
    client.release(failure !== undefined)
  }
}
