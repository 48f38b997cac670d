import { beforeEach, describe, expect, it } from 'vitest'
import { channelHistory, searchMessages } from '../../server/store/archive.ts'
import type { MessageFilters } from '../../server/store/message-sql.ts'
import { appendMessages, openLog } from '../../server/store/log.ts'
import { describeStores } from '../support/stores.ts'

const START_MS = Date.parse('2026-11-20T10:00:00.000Z')
const MESSAGES = [
  { channel: 'orders/1', type: 'paid', sender: 'ada', text: 'Coffee for 49' },
  { channel: 'orders/2', type: 'paid', sender: null, text: 'tea 50%' },
  { channel: 'orders/1', type: 'sent', sender: 'bob', text: 'say "Hello"' },
  { channel: 'news', type: 'message', sender: null, text: 'snake_case \0' },
  { channel: 'orders/1', type: 'x'.repeat(300), sender: 'ada', text: 'ÇAY' },
]

describeStores('archive', (database) => {
  let first: number

  beforeEach(async () => {
    await openLog(database().pool)
    const client = await database().pool.connect()
    try {
      const rows = MESSAGES.map(({ channel, type, sender, text }, i) => {
        return {
          channel,
          type,
          sender,
          timestampMs: START_MS + i,
          body: JSON.stringify({ channel, type, text }),
          exclude: null,
        }
      })
      first = (await appendMessages(client, rows, []))!.offset + 1
    } finally {
      client.release()
    }
  })

  /** Returns which of MESSAGES were found, in the order in which they were. */
  async function search(what: MessageFilters & { limit?: number }): Promise<number[]> {
    const found = await searchMessages(database().db, { limit: 100, ...what })
    return found.map(({ offset }) => offset - first)
  }

  describe('search', () => {
    it('gives everything, newest first and as it was stored, when nothing narrows it', async () => {
      const found = await searchMessages(database().db, { limit: 2 })
      expect(found.map(({ offset }) => offset)).toEqual([first + 4, first + 3])
      expect(JSON.parse(found[1]!.body)).toEqual({ channel: 'news', type: 'message', text: 'snake_case \0' })
    })

    it.each([
      ['coffee', [0]],
      ['50%', [1]],
      ['0%"', [1]],
      ['%', [1]],
      ['snake_', [3]],
      ['_', [3]],
      ['"Hello"', [2]],
      ['"text":"tea', [1]],
      ['case \0', [3]],
      ['\\', [3, 2]],
      ['nowhere', []],
    ])('finds %j in the text, whatever its case and taken literally', async (q, expected) => {
      expect(await search({ q })).toEqual(expected)
    })

    it('narrows by pattern, type, publisher and time when they are given', async () => {
      expect(await search({ channel: 'orders/*' })).toEqual([4, 2, 1, 0])
      expect(await search({ channel: 'news' })).toEqual([3])
      expect(await search({ type: 'paid' })).toEqual([1, 0])
      expect(await search({ type: 'x'.repeat(300) })).toEqual([4])
      expect(await search({ from: 'ada' })).toEqual([4, 0])
      expect(await search({ type: 'paid\0', from: '\0' })).toEqual([])
      expect(await search({ since: '2026-11-20T10:00:00.001Z', until: '2026-11-20T11:00:00.003+01:00' })).toEqual([
        3, 2, 1,
      ])
      expect(await search({ channel: 'orders/**', type: 'paid', from: 'ada', q: 'COFFEE' })).toEqual([0])
    })

    it('goes on before an offset, without it', async () => {
      expect(await search({ before: first + 2 })).toEqual([1, 0])
      expect(await search({ before: first + 4, channel: 'orders/1', limit: 1 })).toEqual([2])
    })
  })

  describe('one channel’s history', () => {
    async function history(place: { before?: number; after?: number }, limit = 100): Promise<number[]> {
      const found = await channelHistory(database().db, 'orders/1', { ...place, limit })
      return found.map(({ offset }) => offset - first)
    }

    it('is of that channel alone, newest first', async () => {
      expect(await history({})).toEqual([4, 2, 0])
      expect(await history({}, 2)).toEqual([4, 2])
    })

    it('goes on before an offset, newest first, and after one, oldest first', async () => {
      expect(await history({ before: first + 4 })).toEqual([2, 0])
      expect(await history({ after: first })).toEqual([2, 4])
      expect(await history({ after: first - 1 }, 2)).toEqual([0, 2])
    })
  })
})
