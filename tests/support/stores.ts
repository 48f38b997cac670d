import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, inject } from 'vitest'
import { type Database, openDatabase } from '../../server/store/database.ts'
import { createDatabase } from './postgres.ts'

/** Runs a suite over the embedded database and, where there is one, over PostgreSQL; each test finds empty tables. */
export function describeStores(name: string, suite: (database: () => Database) => void): void {
  const postgresUrl = inject('postgresUrl')
  describe.each(['pglite', 'postgresql'] as const)(`${name} in %s`, (kind) => {
    describe.skipIf(kind === 'postgresql' && postgresUrl === null)('tables', () => {
      let dataDir: string
      let database: Database

      beforeAll(async () => {
        dataDir = mkdtempSync(join(tmpdir(), 'yayin-stores-'))
        const databaseUrl = kind === 'postgresql' ? await createDatabase(postgresUrl!) : null
        database = await openDatabase({ databaseUrl, dataDir, log: pino({ level: 'silent' }) })
        await database.ready
      })
      beforeEach(() =>
        database.pool.query(
          'truncate users, invitations, sessions, api_keys, messages, event_logs, connections, server_settings, ' +
            'stats_history, video_rooms, video_participants',
        ),
      )
      afterAll(async () => {
        await database.close()
        rmSync(dataDir, { recursive: true, force: true })
      })

      suite(() => database)
    })
  })
}
