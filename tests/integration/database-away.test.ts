import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { findPostgres } from '../../scripts/test-parts.mjs'
import { type Database, openDatabase } from '../../server/store/database.ts'
import { migrateDatabase } from '../../server/store/migrate.ts'
import { type Postgres, startPostgres } from '../support/postgres.ts'
import { until } from '../support/until.ts'

describe.skipIf(findPostgres() === null)('PostgreSQL', () => {
  let postgres: Postgres
  beforeAll(async () => {
    postgres = (await startPostgres())!
  })
  afterAll(() => postgres.stop())

  /** Opens a database whose log lines are kept. */
  async function open(databaseUrl: string): Promise<{ database: Database; lines: () => string[] }> {
    const written: string[] = []
    const log = pino({ level: 'info' }, { write: (line) => written.push((JSON.parse(line) as { msg: string }).msg) })
    const database = await openDatabase({ databaseUrl, dataDir: '/nowhere', log })
    onTestFinished(() => database.close())
    return { database, lines: () => written }
  }

  it('is waited for, and becomes ready, when it is away at the start', async () => {
    const url = await postgres.createDatabase()
    await postgres.end('SIGKILL')
    const { database, lines } = await open(url)
    await until(() => lines().length > 0, { what: 'it says that it is away' })
    expect(database.ok()).toBe(false)
    expect(database.latencyMs()).toBeNull()

    await postgres.restart()
    await database.ready
    expect(database.ok()).toBe(true)
    expect(lines()).toEqual(['The database is away; trying again until it is back', 'The database is back'])
  })

  it('is noticed to be away and to be back when it is killed and started again', async () => {
    const { database, lines } = await open(await postgres.createDatabase())
    await database.ready
    await postgres.end('SIGKILL')
    await until(() => !database.ok(), { what: 'it is noticed to be away' })
    await expect(database.pool.query('select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await postgres.restart()
    await until(() => database.ok(), { deadlineMs: 10_000, what: 'it is noticed to be back' })
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    expect(lines()).toEqual(['The database is away; trying again until it is back', 'The database is back'])
  })

  it('closes at once when it never came', async () => {
    const { database } = await open('postgres://nobody@127.0.0.1:1/nowhere')
    const { ready } = database
    const startedAt = performance.now()
    await database.close()
    await expect(ready).rejects.toThrow('the database was closed')
    expect(performance.now() - startedAt).toBeLessThan(1000)
  })

  it('is migrated once when four nodes start at the same instant', async () => {
    const connectionString = await postgres.createDatabase()
    await Promise.all(Array.from({ length: 4 }, () => migrateDatabase({ connectionString })))
    const { database } = await open(connectionString)
    await database.ready
    const { rows } = await database.pool.query(
      'select hash, count(*) as times from drizzle.__drizzle_migrations group by hash',
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every((row: { times: number }) => row.times === 1)).toBe(true)
  })
})
