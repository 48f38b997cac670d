import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { findPostgres } from '../../scripts/test-parts.mjs'
import type { LogEntry } from '../../server/brokers/broker.ts'
import { createLocalBroker } from '../../server/brokers/local.ts'
import { openDatabase } from '../../server/store/database.ts'
import type { Position } from '../../shared/protocol.ts'
import { newMessage } from '../support/hub.ts'
import { createDatabase } from '../support/postgres.ts'

const run = promisify(execFile)
const postgresUrl = inject('postgresUrl')
const log = pino({ level: 'silent' })

/** Starts a log over a database, does something with it, and stops it; returns where it stood at the start. */
async function withLog(databaseUrl: string, work: (publish: (n: number) => Promise<number>) => Promise<void>) {
  const database = await openDatabase({ databaseUrl, dataDir: '/nowhere', log })
  await database.ready
  const broker = createLocalBroker(database.pool, log)
  const heads: Position[] = []
  const entries: LogEntry[] = []
  await broker.start({ onHead: (head) => heads.push(head), onEntries: (some) => entries.push(...some) })
  await work((n) => broker.append({ messages: [newMessage('a', n)], idempotent: null }))
  await broker.close()
  await database.close()
  return heads[0]!
}

describe.skipIf(postgresUrl === null)('a log in PostgreSQL', () => {
  it('gets an epoch of its own when it is restored from a dump, and keeps it otherwise', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'yayin-restore-'))
    onTestFinished(() => rm(dir, { recursive: true }))
    const dump = join(dir, 'dump')
    const bin = findPostgres()!
    const original = await createDatabase(postgresUrl!)
    const first = await withLog(original, async (publish) => {
      for (let n = 1; n <= 3; n++) await publish(n)
      await run(join(bin, 'pg_dump'), ['--format=custom', `--file=${dump}`, original])
      // These two are in no dump, and clients have seen them.
      await publish(4)
      await publish(5)
    })
    const again = await withLog(original, async () => undefined)
    expect(again).toEqual({ epoch: first.epoch, offset: 5 })

    const restored = await createDatabase(postgresUrl!)
    await run(join(bin, 'pg_restore'), [`--dbname=${restored}`, dump])
    const second = await withLog(restored, async (publish) => {
      // The place of a message that was in no dump is used again: by the epoch the two are told apart.
      expect(await publish(6)).toBe(4)
    })
    expect(second.offset).toBe(3)
    expect(second.epoch).not.toBe(first.epoch)

    // The usual way: into the same database, over what is there.
    await run(join(bin, 'pg_restore'), ['--clean', '--if-exists', `--dbname=${original}`, dump])
    const third = await withLog(original, async () => undefined)
    expect(third.offset).toBe(3)
    expect(new Set([first.epoch, second.epoch, third.epoch]).size).toBe(3)
  })
})
