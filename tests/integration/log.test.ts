import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import type { BrokerSink } from '../../server/brokers/broker.ts'
import { DatabaseHistory } from '../../server/brokers/database-history.ts'
import { createLocalBroker } from '../../server/brokers/local.ts'
import { type Database, openDatabase } from '../../server/store/database.ts'
import {
  appendMessages,
  type KeptAnswer,
  type LogRow,
  openLog,
  readAnswer,
  readAnswers,
  readLogState,
  readPage,
  readSettledLogState,
  replaceEpoch,
  startOfNewest,
  sweepAnswers,
  trimStep,
} from '../../server/store/log.ts'
import { newMessage, TestSettings } from '../support/hub.ts'
import { createDatabase } from '../support/postgres.ts'
import { until } from '../support/until.ts'

const postgresUrl = inject('postgresUrl')
const log = pino({ level: 'silent' })
const DAY_MS = 86_400_000

let database: Database
let pool: pg.Pool

function row(given: Partial<LogRow> = {}): LogRow {
  return { channel: 'a', type: 'message', sender: null, timestampMs: Date.now(), body: '{}', exclude: null, ...given }
}

const rows = (count: number, given: Partial<LogRow> = {}) => Array.from({ length: count }, () => row(given))

async function write(some: readonly LogRow[], kept: readonly KeptAnswer[] = []) {
  const client = await pool.connect()
  try {
    return await appendMessages(client, some, kept)
  } finally {
    client.release()
  }
}

async function storedOffsets(): Promise<number[]> {
  const result = await pool.query('select log_offset from messages order by log_offset')
  return result.rows.map((stored: { log_offset: unknown }) => Number(stored.log_offset))
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)
const offsets = (page: { entries: { offset: number }[] }) => page.entries.map(({ offset }) => offset)

describe.each(['pglite', 'postgresql'] as const)('%s', (kind) => {
  describe.skipIf(kind === 'postgresql' && postgresUrl === null)('the log', () => {
    let dataDir: string

    beforeAll(async () => {
      dataDir = mkdtempSync(join(tmpdir(), 'yayin-log-'))
      const databaseUrl = kind === 'postgresql' ? await createDatabase(postgresUrl!) : null
      database = await openDatabase({ databaseUrl, dataDir, log })
      await database.ready
      pool = database.pool
    })
    afterAll(async () => {
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    })
    beforeEach(async () => {
      await pool.query('truncate messages, log_state, idempotency_keys')
      await openLog(pool)
    })

    describe('openLog', () => {
      it('gives an epoch at its first use and keeps it from then on', async () => {
        await pool.query('truncate log_state')
        const first = await openLog(pool)
        expect(first).toMatchObject({ offset: 0, trimmed: 0 })
        expect(first.epoch).toMatch(/^[a-z0-9]{8}$/)
        expect(await openLog(pool)).toEqual(first)
        await replaceEpoch(pool, 'none')
        expect((await readLogState(pool)).epoch).toBe(first.epoch)
        await replaceEpoch(pool, first.epoch)
        expect((await readLogState(pool)).epoch).not.toBe(first.epoch)
      })
    })

    describe('appendMessages', () => {
      it('numbers rows on from the head, in order, and keeps each as it was', async () => {
        const { epoch } = await readLogState(pool)
        const body = '{"text":"çay 🍵\\u0000","n":1}'
        expect(await write([row(), row({ channel: 'b/1', body, exclude: 'c1' })])).toEqual({ epoch, offset: 0 })
        expect(await write([row({ channel: 'c' })])).toEqual({ epoch, offset: 2 })
        const { entries } = await readPage(pool, { after: 0, upTo: 3, patterns: ['**'] })
        expect(entries).toEqual([
          { offset: 1, channel: 'a', body: '{}', exclude: null },
          { offset: 2, channel: 'b/1', body, exclude: 'c1' },
          { offset: 3, channel: 'c', body: '{}', exclude: null },
        ])
      })

      it('goes on under another name when the client that had its statement prepared is gone', async () => {
        for (const statementName of ['append_a', 'append_b']) {
          const client = await pool.connect()
          const append = () => appendMessages(client, [row()], [], { statementName })
          // Planned afresh at first, then once for all that follow.
          for (let i = 0; i < 8; i++) await append()
          await expect(appendMessages(client, [row({ body: 'NUL \0' })], [], { statementName })).rejects.toThrow('0x00')
          await append()
          client.release(true)
        }
        expect(await storedOffsets()).toEqual(range(1, 18))
      })

      it('keeps type, sender and time to the millisecond', async () => {
        await write([row({ type: 'x', sender: 'ayşe', timestampMs: 1_700_000_000_123 })])
        const { rows: stored } = await pool.query('select type, sender, timestamp from messages')
        expect(stored).toEqual([{ type: 'x', sender: 'ayşe', timestamp: new Date(1_700_000_000_123) }])
      })

      it('takes texts that a column refuses', async () => {
        const odd = 'a\0\uD800b'
        await write([row({ type: odd.padEnd(5000, '🍵'), sender: odd, exclude: odd })])
        const { rows: stored } = await pool.query('select length(type) as length, sender, exclude from messages')
        expect(stored[0]).toMatchObject({ sender: 'a\uFFFD\uFFFDb', exclude: 'a\uFFFD\uFFFDb' })
        expect(Number((stored[0] as { length: unknown }).length)).toBeLessThanOrEqual(200)
      })

      it('writes nothing and moves nothing when one row cannot be written', async () => {
        await write([row()])
        await expect(write([row(), row({ body: 'NUL \0' })])).rejects.toThrow('0x00')
        expect(await readLogState(pool)).toMatchObject({ offset: 1 })
        expect(await storedOffsets()).toEqual([1])
      })

      it('leaves no hole and no double when two writers append at once, and each finds its own rows', async () => {
        const writer = async (name: string) => {
          const client = await pool.connect()
          const own: number[] = []
          try {
            for (let i = 0; i < 25; i++) {
              const count = 1 + (i % 3)
              const { offset } = (await appendMessages(client, rows(count, { channel: name }), []))!
              own.push(...range(offset + 1, offset + count))
            }
          } finally {
            client.release()
          }
          return own
        }
        const [one, two] = await Promise.all([writer('one'), writer('two')])
        expect([...one, ...two].toSorted((a, b) => a - b)).toEqual(range(1, one.length + two.length))
        const stored = async (channel: string) =>
          offsets(await readPage(pool, { after: 0, upTo: 1000, patterns: [channel] }))
        expect([await stored('one'), await stored('two')]).toEqual([one, two])
      })
    })

    describe.skipIf(kind === 'pglite')('with another session in the middle of an append', () => {
      it('shows no offset before those below it are committed', async () => {
        const slow = await pool.connect()
        await slow.query('begin')
        await appendMessages(slow, rows(2, { channel: 'slow' }), [])
        const quick = write([row({ channel: 'quick' })])
        await until(async () => (await pool.query('select 1 from pg_locks where not granted')).rows.length > 0)
        expect(offsets(await readPage(pool, { after: 0, upTo: 10, patterns: ['**'] }))).toEqual([])
        await slow.query('commit')
        slow.release()
        expect(await quick).toMatchObject({ offset: 2 })
        expect(offsets(await readPage(pool, { after: 0, upTo: 10, patterns: ['**'] }))).toEqual([1, 2, 3])
      })

      it('tells where the log stands only when that append has come to its end', async () => {
        const slow = await pool.connect()
        await slow.query('begin')
        await appendMessages(slow, rows(2), [])
        expect(await readLogState(pool)).toMatchObject({ offset: 0 })
        const settled = readSettledLogState(pool)
        await until(async () => (await pool.query('select 1 from pg_locks where not granted')).rows.length > 0)
        await slow.query('commit')
        slow.release()
        expect(await settled).toMatchObject({ offset: 2 })
      })
    })

    describe('readPage', () => {
      it('reads between two offsets on the channels that match, and through to the end when nothing is left', async () => {
        await write(['a', 'b', 'a', 'a/x', 'a', 'b'].map((channel) => row({ channel })))
        const page = await readPage(pool, { after: 1, upTo: 5, patterns: ['a', 'a/*'] })
        expect([offsets(page), page.through, page.trimmed]).toEqual([[3, 4, 5], 5, 0])
        const none = await readPage(pool, { after: 0, upTo: 6, patterns: ['z'] })
        expect([offsets(none), none.through]).toEqual([[], 6])
        expect((await readPage(pool, { after: 0, upTo: 6, patterns: [] })).entries).toEqual([])
      })

      it('ends at 256 rows, and the next page begins right after them', async () => {
        await write([...rows(300), row({ channel: 'b' })])
        const first = await readPage(pool, { after: 0, upTo: 301, patterns: ['a'] })
        expect([offsets(first), first.through]).toEqual([range(1, 256), 256])
        const second = await readPage(pool, { after: 256, upTo: 301, patterns: ['a'] })
        expect([offsets(second), second.through]).toEqual([range(257, 300), 301])
      })

      it('misses nothing when exactly 256 rows match', async () => {
        await write([...rows(256), ...rows(10, { channel: 'b' })])
        const page = await readPage(pool, { after: 0, upTo: 266, patterns: ['a'] })
        expect([page.entries.length, page.through]).toEqual([256, 256])
      })

      it('ends with the row that brings it to half a Mi characters', async () => {
        const body = JSON.stringify({ text: 'ş'.repeat(200_000) })
        await write(rows(5, { body }))
        const first = await readPage(pool, { after: 0, upTo: 5, patterns: ['a'] })
        expect([offsets(first), first.through]).toEqual([[1, 2, 3], 3])
        const second = await readPage(pool, { after: 3, upTo: 5, patterns: ['a'] })
        expect([offsets(second), second.through]).toEqual([[4, 5], 5])
      })

      it('reads a row by itself when that alone is too large for a page', async () => {
        await write(rows(3, { body: JSON.stringify({ text: 'x'.repeat(1_000_000) }) }))
        const page = await readPage(pool, { after: 0, upTo: 3, patterns: ['a'] })
        expect([offsets(page), page.through]).toEqual([[1], 1])
      })

      it('tells how far the log is trimmed, even when it finds nothing', async () => {
        await write(rows(5))
        await trimStep(pool, { beforeMs: 0, keep: 2 })
        const page = await readPage(pool, { after: 1, upTo: 3, patterns: ['a'] })
        expect([offsets(page), page.through, page.trimmed]).toEqual([[], 3, 3])
      })
    })

    describe('startOfNewest', () => {
      it('finds the offset before the newest that match, or null when there are no more than asked for', async () => {
        await write(['a', 'b', 'a', 'a', 'b', 'a'].map((channel) => row({ channel })))
        const query = { after: 0, upTo: 6, patterns: ['a'] }
        expect(await startOfNewest(pool, query, 1)).toBe(4)
        expect(await startOfNewest(pool, query, 3)).toBe(1)
        expect(await startOfNewest(pool, query, 4)).toBeNull()
        expect(await startOfNewest(pool, { ...query, after: 3 }, 2)).toBeNull()
        expect(await startOfNewest(pool, { ...query, upTo: 4 }, 1)).toBe(3)
      })
    })

    describe('trimStep', () => {
      it('does nothing when the log is empty or within its limits', async () => {
        expect(await trimStep(pool, { beforeMs: Date.now(), keep: 1 })).toEqual({ trimmed: 0, more: false })
        await write(rows(3))
        expect(await trimStep(pool, { beforeMs: Date.now() - DAY_MS, keep: 3 })).toEqual({ trimmed: 0, more: false })
        expect(await storedOffsets()).toEqual([1, 2, 3])
      })

      it('keeps the newest by number', async () => {
        await write(rows(10))
        expect(await trimStep(pool, { beforeMs: 0, keep: 4 })).toEqual({ trimmed: 6, more: false })
        expect(await storedOffsets()).toEqual([7, 8, 9, 10])
        expect(await readLogState(pool)).toMatchObject({ offset: 10, trimmed: 6 })
      })

      it('removes what is too old, and all of it when nothing is young', async () => {
        const old = Date.now() - DAY_MS
        await write([...rows(3, { timestampMs: old }), ...rows(2)])
        expect(await trimStep(pool, { beforeMs: old + 1, keep: 100 })).toEqual({ trimmed: 3, more: false })
        expect(await storedOffsets()).toEqual([4, 5])
        expect(await trimStep(pool, { beforeMs: Date.now() + DAY_MS, keep: 100 })).toMatchObject({ trimmed: 5 })
        expect(await storedOffsets()).toEqual([])
        expect(await write([row()])).toMatchObject({ offset: 5 })
      })

      it('keeps an old row when a young one stands before it', async () => {
        const old = Date.now() - DAY_MS
        await write([row({ timestampMs: old }), row(), row({ timestampMs: old }), row()])
        expect(await trimStep(pool, { beforeMs: old + 1, keep: 100 })).toMatchObject({ trimmed: 1 })
        expect(await storedOffsets()).toEqual([2, 3, 4])
      })

      it('goes by the stricter of both limits', async () => {
        const old = Date.now() - DAY_MS
        await write([...rows(4, { timestampMs: old }), ...rows(4)])
        expect(await trimStep(pool, { beforeMs: old + 1, keep: 2 })).toMatchObject({ trimmed: 6 })
        expect(await trimStep(pool, { beforeMs: old + 1, keep: 8 })).toMatchObject({ trimmed: 6 })
      })

      it('removes a thousand rows a step until nothing is left to do', async () => {
        await write(rows(2500))
        const limits = { beforeMs: 0, keep: 100 }
        expect(await trimStep(pool, limits)).toEqual({ trimmed: 1000, more: true })
        expect(await trimStep(pool, limits)).toEqual({ trimmed: 2000, more: true })
        expect(await trimStep(pool, limits)).toEqual({ trimmed: 2400, more: false })
        expect(await storedOffsets()).toEqual(range(2401, 2500))
      })
    })

    describe('kept answers', () => {
      it('stand with the position of their first message, and are swept by age', async () => {
        const { epoch } = await readLogState(pool)
        await write(rows(2))
        const kept = [
          { key: 'k1', answer: '[1]', first: 0, count: 1 },
          { key: 'k2', answer: '[2,3]', first: 1, count: 2 },
        ]
        await write(rows(3), kept)
        const answers = await readAnswers(pool, Date.now() - 60_000)
        expect(answers.toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
          { key: 'k1', answer: '[1]', first: { epoch, offset: 3 }, atMs: expect.any(Number) },
          { key: 'k2', answer: '[2,3]', first: { epoch, offset: 4 }, atMs: expect.any(Number) },
        ])
        const found = answers.find(({ key }) => key === 'k2')!
        expect({ key: 'k2', ...(await readAnswer(pool, 'k2')) }).toEqual(found)
        expect(await readAnswer(pool, 'k3')).toBeNull()
        expect(Math.abs(answers[0]!.atMs - Date.now())).toBeLessThan(60_000)
        await sweepAnswers(pool, Date.now() - 60_000)
        expect((await readAnswers(pool, 0)).length).toBe(2)
        await sweepAnswers(pool, Date.now() + 60_000)
        expect(await readAnswers(pool, 0)).toEqual([])
      })

      it('are replaced when the key is used again after its time', async () => {
        const kept = (answer: string) => [{ key: 'k', answer, first: 0, count: 1 }]
        await write([row()], kept('[1]'))
        await pool.query(`update idempotency_keys set created_at = now() - interval '5 minutes 1 second'`)
        await write([row()], kept('[2]'))
        expect(await readAnswers(pool, 0)).toMatchObject([{ answer: '[2]', first: { offset: 2 } }])
      })

      it('keep another message with their key out, and what is written with it, within their time', async () => {
        const kept = (key: string, first: number) => ({ key, answer: `["${key}"]`, first, count: 1 })
        await write([row()], [kept('k', 0)])
        expect(await write([row(), row()], [kept('other', 0), kept('k', 1)])).toBeNull()
        expect(await readAnswers(pool, 0)).toMatchObject([{ key: 'k', first: { offset: 1 } }])
        expect(await readLogState(pool)).toMatchObject({ offset: 1 })
      })

      it('are not kept when their messages were not written', async () => {
        await expect(write([row({ body: '\0' })], [{ key: 'k', answer: '[]', first: 0, count: 1 }])).rejects.toThrow(
          '0x00',
        )
        expect(await readAnswers(pool, 0)).toEqual([])
      })
    })

    describe('the local broker', () => {
      const append = (...numbers: number[]) => ({ messages: numbers.map((n) => newMessage('a', n)), idempotent: null })

      it('keeps the order of many publishers, and brings them all back after it was closed', async () => {
        const seen: number[] = []
        const sink: BrokerSink = {
          onHead: () => undefined,
          onEntries: (some) => void seen.push(...some.map(({ offset }) => offset)),
        }
        const broker = createLocalBroker(pool, log)
        await broker.start(sink)
        const publishers = range(1, 16).map(async (n) => {
          const answers: number[] = []
          for (let i = 0; i < 20; i++) answers.push(await broker.append(append(n * 100 + i)))
          return answers
        })
        const answers = await Promise.all(publishers)
        await broker.close()
        expect(answers.flat().toSorted((a, b) => a - b)).toEqual(range(1, 320))
        expect(seen).toEqual(range(1, 320))
        expect(await storedOffsets()).toEqual(seen)
        const next = createLocalBroker(pool, log)
        await next.start(sink)
        expect(await next.append(append(1))).toBe(321)
        await next.close()
      })
    })

    describe('the history', () => {
      it('starts over a log that was never opened', async () => {
        await pool.query('truncate log_state')
        const history = new DatabaseHistory(pool, new TestSettings(), log)
        await history.start()
        expect(history.trimmed()).toBe(0)
        await history.stop()
      })

      it('trims in the background within a second or two of a changed limit', async () => {
        await write(rows(50))
        const settings = new TestSettings()
        const history = new DatabaseHistory(pool, settings, log)
        await history.start()
        settings.set('history_max_messages', 10)
        await vi.waitFor(() => expect(history.trimmed()).toBe(40), { timeout: 5000, interval: 50 })
        expect(await storedOffsets()).toEqual(range(41, 50))
        await history.stop()
      })
    })
  })
})
