import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPostgres } from '../../scripts/test-parts.mjs'
import { type Postgres, startPostgres } from './postgres.ts'

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

describe.skipIf(findPostgres() === null)('a throwaway PostgreSQL', () => {
  let postgres: Postgres

  beforeAll(async () => {
    postgres = (await startPostgres()) as Postgres
  })
  afterAll(() => postgres.stop())

  it('gives databases that know nothing of each other when two are made at once', async () => {
    const [one, two] = await Promise.all([postgres.createDatabase(), postgres.createDatabase()])
    await query(one, 'CREATE TABLE t AS SELECT 1 AS n')
    expect(await query(one, 'SELECT n FROM t')).toEqual([{ n: 1 }])
    await expect(query(two, 'SELECT n FROM t')).rejects.toThrow('does not exist')
  })

  it('keeps what was committed when it is killed and restarted', async () => {
    const url = await postgres.createDatabase()
    await query(url, 'CREATE TABLE t AS SELECT 1 AS n')
    await postgres.end('SIGKILL')
    await expect(query(url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
    await postgres.restart()
    expect(await query(url, 'SELECT n FROM t')).toEqual([{ n: 1 }])
  })
})
