import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { type Database, openDatabase } from '../../server/store/database.ts'
import { createEventLog, type StoredEventLog } from '../../server/store/event-log.ts'
import { removeRecords } from '../../server/store/log-table.ts'
import { createDatabase } from '../support/postgres.ts'

const postgresUrl = inject('postgresUrl')
const log = pino({ level: 'silent' })

describe.each(['pglite', 'postgresql'] as const)('%s', (kind) => {
  describe.skipIf(kind === 'postgresql' && postgresUrl === null)('with the event log', () => {
    let dataDir: string
    let database: Database
    let eventLog: StoredEventLog

    beforeAll(async () => {
      dataDir = mkdtempSync(join(tmpdir(), 'yayin-event-log-'))
      const databaseUrl = kind === 'postgresql' ? await createDatabase(postgresUrl!) : null
      database = await openDatabase({ databaseUrl, dataDir, log })
      await database.ready
      eventLog = createEventLog({ db: database.db, node: 'node-1', log, retentionDays: () => 30 })
    })
    beforeEach(async () => {
      await eventLog.flush()
      await database.pool.query('delete from event_logs')
    })
    afterAll(async () => {
      await eventLog.close()
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    })

    const messages = async (query: Partial<Parameters<StoredEventLog['list']>[0]>) => {
      const { logs } = await eventLog.list({ limit: 50, ...query })
      return logs.map(({ message }) => message)
    }

    it('gives back what was recorded, newest first', async () => {
      const data = { key: 'guest_rooms', old: false, new: true, odd: 'a\0b' }
      eventLog.record({ level: 'info', type: 'setting', message: 'Setting changed', data, actor: 'admin:1' })
      eventLog.record({ level: 'error', type: 'failure', message: 'Broken' })
      await eventLog.flush()
      const { logs, nextCursor } = await eventLog.list({ limit: 50 })
      expect(nextCursor).toBeNull()
      expect(logs).toMatchObject([
        { level: 'error', type: 'failure', message: 'Broken', data: null, actor: null, node: 'node-1' },
        { level: 'info', type: 'setting', data: { ...data, odd: 'a\uFFFDb' }, actor: 'admin:1' },
      ])
      expect(logs[0]!.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    })

    it('counts what fits, and lists each type once', async () => {
      for (let i = 0; i < 3; i++) eventLog.record({ level: 'info', type: 'sign_in', message: 'Signed in' })
      eventLog.record({ level: 'warn', type: 'refused', message: 'Refused' })
      eventLog.record({ level: 'warn', type: 'broadcast', message: 'Published' })
      expect(await eventLog.count({})).toEqual({ count: 5, types: ['broadcast', 'refused', 'sign_in'] })
      expect(await eventLog.count({ level: ['warn'] })).toMatchObject({ count: 2 })
      expect(await eventLog.count({ type: ['sign_in', 'refused'] })).toMatchObject({ count: 4 })
      expect(await eventLog.count({ before: '2020-01-01T00:00:00Z' })).toMatchObject({ count: 0 })
      await database.pool.query('delete from event_logs')
      expect(await eventLog.count({})).toEqual({ count: 0, types: [] })
    })

    it('finds by level, type, time and text in any part when asked', async () => {
      eventLog.record({ level: 'info', type: 'sign_in', message: 'Signed in', actor: 'admin:Ada' })
      eventLog.record({ level: 'warn', type: 'refused', message: 'Refused 100%', data: { channel: 'orders/7' } })
      await eventLog.flush()
      expect(await messages({ level: ['warn'] })).toEqual(['Refused 100%'])
      expect(await messages({ type: ['sign_in'] })).toEqual(['Signed in'])
      expect(await messages({ q: 'aDA' })).toEqual(['Signed in'])
      expect(await messages({ q: 'ORDERS/7' })).toEqual(['Refused 100%'])
      expect(await messages({ q: '0%' })).toEqual(['Refused 100%'])
      expect(await messages({ q: '_' })).toEqual(['Signed in'])
      expect(await messages({ q: '\0' })).toEqual([])
      expect(await messages({ type: ['\0'] })).toEqual([])
      expect(await messages({ since: new Date(Date.now() + 60_000).toISOString() })).toEqual([])
      expect(await messages({ until: new Date(Date.now() + 60_000).toISOString() })).toHaveLength(2)
    })

    it('shows every entry once when it is read in pages', async () => {
      for (let i = 0; i < 25; i++) eventLog.record({ level: 'info', type: 'setting', message: `${i}` })
      await eventLog.flush()
      const seen: string[] = []
      let cursor: string | null | undefined
      while (cursor !== null) {
        const page = await eventLog.list({ limit: 10, cursor })
        seen.push(...page.logs.map(({ message }) => message))
        cursor = page.nextCursor
      }
      expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => `${24 - i}`))
    })

    it('tells how many went, and notes who did it, when it is cleared', async () => {
      await fill(2300)
      eventLog.record({ level: 'info', type: 'setting', message: 'young' })
      expect(await eventLog.clear({ before: new Date(Date.now() - 1000), actor: 'admin:1' })).toBe(2300)
      await eventLog.flush()
      const { logs } = await eventLog.list({ limit: 50 })
      expect(logs).toMatchObject([
        { type: 'logs_cleared', actor: 'admin:1', data: { count: 2300 } },
        { message: 'young' },
      ])
      expect(await eventLog.clear({ before: null, actor: 'admin:1' })).toBe(2)
    })

    it('removes a thousand at most in one step', async () => {
      await fill(1500)
      expect(await removeRecords(database.db, null)).toEqual({ removed: 1000, more: true })
      expect(await removeRecords(database.db, null)).toEqual({ removed: 500, more: false })
    })

    /** Writes entries that are an hour old. */
    async function fill(count: number): Promise<void> {
      await database.pool.query(
        `insert into event_logs (id, timestamp, level, type, message, node)
         select 'old-' || n, now() - interval '1 hour', 'info', 'setting', 'old', 'node-1' from generate_series(1, $1::int) n`,
        [count],
      )
    }
  })
})
