import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Database, openDatabase } from '../../server/store/database.ts'
import { createDatabase } from '../support/postgres.ts'
import { until } from '../support/until.ts'

const postgresUrl = inject('postgresUrl')
const log = pino({ level: 'silent' })

describe.each(['pglite', 'postgresql'] as const)('%s', (kind) => {
  describe.skipIf(kind === 'postgresql' && postgresUrl === null)('as the database', () => {
    let dataDir: string
    let database: Database

    beforeAll(async () => {
      dataDir = mkdtempSync(join(tmpdir(), 'yayin-database-'))
      const databaseUrl = kind === 'postgresql' ? await createDatabase(postgresUrl!) : null
      database = await openDatabase({ databaseUrl, dataDir, log })
      await database.ready
      await database.pool.query('create table counter (n int not null); insert into counter values (0)')
    })
    afterAll(async () => {
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    })

    it('is well, with a measured latency, once it is ready', () => {
      expect(database.kind).toBe(kind)
      expect(database.ok()).toBe(true)
      expect(database.latencyMs()).toBeGreaterThan(0)
      expect(database.uncleanReboot).toBe(false)
    })

    it('holds every table when it is ready', async () => {
      const { rows } = await database.pool.query(
        `select table_name as name from information_schema.tables where table_schema = 'public'`,
      )
      const names = rows.map((row: { name: string }) => row.name)
      expect(names).toEqual(
        expect.arrayContaining(['users', 'messages', 'event_logs', 'connections', 'server_settings']),
      )
    })

    it('gives numbers for int8 and dates for timestamps', async () => {
      const { rows } = await database.pool.query(
        `select 9007199254740991::int8 as n, count(*) as c, timestamptz '2026-11-20T22:24:00.123Z' as at from counter`,
      )
      expect(rows).toEqual([{ n: 9007199254740991, c: 1, at: new Date('2026-11-20T22:24:00.123Z') }])
    })

    it('gives every client its own answers when many ask at once, some with more than a packet', async () => {
      const ask = async (i: number) => {
        const filler = 'x'.repeat(i % 3 === 0 ? i * 5000 : i)
        const { rows } = await database.pool.query(`select $1::int as n${i}, length($2::text) as length`, [i, filler])
        expect(rows).toEqual([{ [`n${i}`]: i, length: filler.length }])
      }
      await Promise.all(Array.from({ length: 100 }, (_, i) => ask(i)))
    })

    it('loses no step of a transaction when several run at once', async () => {
      const before = await count()
      const add = async (i: number) => {
        const client = await database.pool.connect()
        try {
          await client.query('begin')
          const { rows } = await client.query('select n from counter for update')
          await client.query('update counter set n = $1', [rows[0].n + 1])
          await client.query(i % 2 === 0 ? 'commit' : 'rollback')
        } finally {
          client.release()
        }
      }
      await Promise.all(Array.from({ length: 20 }, (_, i) => add(i)))
      expect(await count()).toBe(before + 10)
    })

    it('rolls back, and serves the others, when a client leaves in the middle of a transaction', async () => {
      const before = await count()
      const client = await database.pool.connect()
      await client.query('begin')
      await client.query('update counter set n = -1')
      client.release(true)
      expect(await count()).toBe(before)
    })

    it('goes on as before when a statement fails, in a transaction or out of it', async () => {
      await expect(database.pool.query('selec')).rejects.toMatchObject({ code: '42601' })
      await expect(database.pool.query('select $1::int', ['x'])).rejects.toMatchObject({ code: '22P02' })
      const client = await database.pool.connect()
      await client.query('begin')
      await expect(client.query('select 1 / 0')).rejects.toMatchObject({ code: '22012' })
      await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' })
      await client.query('rollback')
      client.release()
      expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    })

    async function count(): Promise<number> {
      const { rows } = await database.pool.query('select n from counter')
      return rows[0].n as number
    }
  })
})

describe('the embedded database', () => {
  it('is there again, with all that was written, when its thread has died', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'yayin-database-'))
    const workers: { terminate(): Promise<number> }[] = []
    const note = (worker: { terminate(): Promise<number> }) => workers.push(worker)
    process.on('worker', note)
    const database = await openDatabase({ databaseUrl: null, dataDir, log })
    await database.ready
    await database.pool.query('create table kept (n int); insert into kept values (7)')
    expect(workers).toHaveLength(1)
    await workers[0]!.terminate()
    await until(() => !database.ok(), { what: 'the death is noticed' })
    await until(() => database.ok(), { deadlineMs: 15_000, what: 'it is back' })
    expect((await database.pool.query('select n from kept')).rows).toEqual([{ n: 7 }])
    process.off('worker', note)
    await database.close()
    expect(database.ok()).toBe(false)
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('tells of an unfinished start when it is closed before it is ready', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'yayin-database-'))
    const database = await openDatabase({ databaseUrl: null, dataDir, log })
    const { ready } = database
    await database.close()
    await expect(ready).rejects.toThrow('the database was closed')
    const again = await openDatabase({ databaseUrl: null, dataDir, log })
    await again.ready
    expect(again.ok()).toBe(true)
    await again.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
})
