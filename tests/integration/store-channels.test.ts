import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { isPattern, matches } from '../../shared/channel.ts'
import { messages } from '../../shared/schema.ts'
import { channelCondition, channelWhere } from '../../server/store/channel-sql.ts'
import { type Database, openDatabase } from '../../server/store/database.ts'
import { createDatabase } from '../support/postgres.ts'

const postgresUrl = inject('postgresUrl')

// Every character that a name may hold, and neighbours in byte order of what begins and ends a range.
const SEGMENTS = ['a', 'A', 'ab', 'a.b', 'a_b', 'a-b', 'axb', '.', '0', '_', 'orders', 'a:b']
const PATTERN_SEGMENTS = [...SEGMENTS, '*', '*']
const CHANNELS = [
  ...SEGMENTS,
  ...SEGMENTS.flatMap((a) => SEGMENTS.map((b) => `${a}/${b}`)),
  ...SEGMENTS.slice(0, 6).flatMap((a) => SEGMENTS.slice(2, 8).flatMap((b) => SEGMENTS.map((c) => `${a}/${b}/${c}`))),
]

const pattern = fc
  .tuple(fc.array(fc.constantFrom(...PATTERN_SEGMENTS), { maxLength: 3 }), fc.constantFrom(...PATTERN_SEGMENTS, '**'))
  .map(([head, last]) => [...head, last].join('/'))
  .filter(isPattern)

describe.each(['pglite', 'postgresql'] as const)('%s', (kind) => {
  describe.skipIf(kind === 'postgresql' && postgresUrl === null)('with channels in the log', () => {
    let dataDir: string
    let database: Database

    beforeAll(async () => {
      dataDir = mkdtempSync(join(tmpdir(), 'yayin-channels-'))
      const databaseUrl = kind === 'postgresql' ? await createDatabase(postgresUrl!) : null
      database = await openDatabase({ databaseUrl, dataDir, log: pino({ level: 'silent' }) })
      await database.ready
      await database.pool.query(
        `insert into messages (log_offset, channel, type, timestamp, body)
         select n, channel, 'message', now(), '{}' from unnest($1::text[]) with ordinality as c (channel, n)`,
        [CHANNELS],
      )
    })
    afterAll(async () => {
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    })

    it('finds what the matcher finds when it looks for any patterns', async () => {
      const check = async (patterns: string[]) => {
        const expected = CHANNELS.filter((channel) => patterns.some((one) => matches(one, channel)))
        const { text, values } = channelWhere(patterns, 2)
        const { rows } = await database.pool.query(
          `select channel from messages where log_offset >= $1 and ${text} order by log_offset`,
          [1, ...values],
        )
        expect(rows.map((row: { channel: string }) => row.channel)).toEqual(expected)
      }
      const anyPatterns = fc.array(pattern, { maxLength: 4 })
      await fc.assert(fc.asyncProperty(anyPatterns, check), { numRuns: 200, examples: [[['**']], [['*']], [[]]] })
    })

    it('finds the same when drizzle asks', async () => {
      const patterns = ['a/**', '*/ab', 'orders']
      const rows = await database.db
        .select({ channel: messages.channel })
        .from(messages)
        .where(channelCondition(patterns))
        .orderBy(messages.offset)
      const expected = CHANNELS.filter((channel) => patterns.some((one) => matches(one, channel)))
      expect(rows.map((row) => row.channel)).toEqual(expected)
    })
  })
})
