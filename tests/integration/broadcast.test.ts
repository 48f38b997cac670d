import { describe, expect, it } from 'vitest'
import { RESERVED_TYPES } from '../../shared/protocol.ts'
import { DATABASES, isMissing, startServerOver } from '../support/databases.ts'
import { idsOf, offsetOf, useServer } from '../support/use-server.ts'

interface Page {
  items: { id: string }[]
  nextCursor: string | null
}

describe.each(DATABASES)('over %s', (database) => {
  describe.skipIf(isMissing(database))('a publish', () => {
    const use = useServer(() => startServerOver(database))
    const post = (body: unknown, query = '', headers: Record<string, string> = {}) =>
      use.as().post(`/api/broadcast${query}`, body, headers)

    it('is answered with what the message became', async () => {
      await Promise.all([use.follow(['public/answer']), use.follow(['public/**']), use.follow(['broadcast'])])
      const { status, headers, body } = await post({ channel: 'public/answer', a: 1 })
      expect(status).toBe(200)
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
      expect(body).toEqual({
        id: expect.stringMatching(/^[a-z0-9]+\.\d+$/),
        channel: 'public/answer',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        recipients: 2,
      })
      expect((await post({ channel: 'nobody/here' })).body.recipients).toBe(0)
    })

    it('goes to the message’s own channel, else to that of the query, else to broadcast', async () => {
      expect((await post({ channel: 'public/own' }, '?channel=public/query')).body.channel).toBe('public/own')
      expect((await post({}, '?channel=public/query')).body.channel).toBe('public/query')
      expect((await post({})).body.channel).toBe('broadcast')
      const batch = await post([{ channel: 'public/own' }, {}], '?channel=public/query')
      const { messages } = batch.body as unknown as { messages: { channel: string }[] }
      expect(messages.map(({ channel }) => channel)).toEqual(['public/own', 'public/query'])
    })

    it('can’t set what is the server’s to set', async () => {
      const stream = await use.follow(['public/fields'])
      const forged = { id: 'forged.1', timestamp: 'yesterday', from: 'somebody', channel: 'public/fields' }
      const receipt = await use.publish('public/fields', forged)
      const { body } = await stream.waitFor((frame) => frame.body.type === 'message')
      expect(body).toEqual({ ...receipt, recipients: undefined, type: 'message' })
      expect(body).not.toHaveProperty('from')
    })

    it('keeps every digit of a number, whichever way it comes in', async () => {
      const text =
        '{"total":12345678901234567890,"list":[-9007199254740993,{"x":1e1000}],"same":"12345678901234567890"}'
      const stream = await use.follow(['public/digits'])
      // The usual type goes past Express, the other one through it.
      for (const type of ['application/json', 'application/json; charset="utf-8"']) {
        for (const body of [text, `[${text}]`]) {
          const { status } = await post(body, '?channel=public/digits', { 'content-type': type })
          expect(status, type).toBe(200)
        }
      }
      await stream.waitFor(() => stream.frames.filter(({ body }) => body.channel === 'public/digits').length === 4)
      for (const { data, body } of stream.frames) {
        if (body.channel === 'public/digits') expect(data).toContain(text.slice(1))
      }
      const query = 'channel=public/digits&field=total%3E12345678901234567889&field=same=12345678901234567890'
      const found = await use.as().get<{ count: number }>(`/api/messages/count?${query}`)
      expect(found.body).toEqual({ count: 4 })
      expect((await post('{"n":1e1001}')).body).toMatchObject({ status: 400, code: 'malformed_json' })
      expect((await post('{"type":12345678901234567890}')).body).toMatchObject({ status: 400, code: 'invalid' })
    })

    it('leaves all other fields as they are', async () => {
      const text = `{"channel":"public/untouched","type":"önemli 🎉","":"empty key","__proto__":{"polluted":true},
        "constructor":1,"unicode":"\\u2028\\u2029\\ud834\\udd1e\\u0007 grüß\\nline\\r\\ndata: x\\n\\nid: 9","nested":{"a":[{"b":[[],{}]},null]},
        "numbers":[0,-1.5,1e21,0.1,9007199254740991],"no":false,"none":null,"data":"d","event":"e","retry":1}`
      const stream = await use.follow(['public/untouched'])
      expect((await post(text)).status).toBe(200)
      const { data } = await stream.waitFor((frame) => frame.body.channel === 'public/untouched')
      const { id, timestamp, ...rest } = JSON.parse(data) as Record<string, unknown>
      const sent = JSON.parse(text) as Record<string, unknown>
      expect(rest).toEqual(sent)
      expect(Object.hasOwn(rest, '__proto__')).toBe(true)
      expect(new Map(Object.entries(rest))).toEqual(new Map(Object.entries(sent)))
      const history = await use.as().get<{ items: object[] }>('/api/channels/public%2Funtouched/messages')
      expect(JSON.stringify(history.body.items[0])).toBe(data)
      expect([id, timestamp]).toEqual([expect.any(String), expect.any(String)])
    })

    it('keeps the text of what Postgres can’t hold as such, live and in a resume', async () => {
      const stream = await use.follow(['public/odd'])
      const odd = { type: 'odd\u0000type', nul: 'a\u0000b', half: '\ud800', '\u0000key': 1 }
      const first = await use.publish('public/odd', { before: true })
      await use.publish('public/odd', odd)
      const { body } = await stream.waitFor((frame) => 'nul' in frame.body)
      expect(body).toMatchObject(odd)
      const back = await use.follow(['public/odd'], { lastEventId: first.id })
      expect((await back.waitFor((frame) => 'nul' in frame.body)).body).toEqual(body)
      const { items } = (await use.as().get<{ items: object[] }>('/api/channels/public%2Fodd/messages')).body
      expect(items[0]).toEqual(body)
    })

    it('takes a batch whole, in its order', async () => {
      const stream = await use.follow(['public/batch/**'])
      const batch = Array.from({ length: 1000 }, (_, n) => ({ channel: `public/batch/${n % 7}`, n }))
      const receipts = await use.publishAll(batch)
      expect(receipts.map(({ channel }) => channel)).toEqual(batch.map(({ channel }) => channel))
      expect(receipts.every(({ recipients }) => recipients === 1)).toBe(true)
      const offsets = receipts.map(({ id }) => offsetOf(id))
      expect(offsets).toEqual(offsets.map((_, i) => offsets[0]! + i))
      await stream.waitFor(({ body }) => body.n === 999)
      expect(idsOf(stream)).toEqual(receipts.map(({ id }) => id))
    })

    it('takes nothing of a batch when one of its messages is bad', async () => {
      const stream = await use.follow(['public/all'])
      const bad = [1, null, 'text', [], { type: 5 }, { type: 'ack' }, { channel: 'a//b' }, { channel: 'admin/logs' }]
      for (const message of bad) {
        const { status, body } = await post([{ channel: 'public/all' }, message, { channel: 'public/all' }])
        expect([400, 403], JSON.stringify(message)).toContain(status)
        if (status === 400) expect(body.detail).toContain('message 1 of the batch')
        if (status === 400) expect(body.errors).toEqual([{ path: '1', message: expect.any(String) }])
      }
      for (const ephemeral of ['?ephemeral=1', '']) {
        expect((await post([{ channel: 'public/all' }, 1], ephemeral)).status).toBe(400)
      }
      await use.publish('public/all', { type: 'last' })
      await stream.waitFor(({ body }) => body.type === 'last')
      expect(idsOf(stream)).toHaveLength(1)
    })

    it('is delivered but not kept when it is ephemeral', async () => {
      const stream = await use.follow(['public/passing'])
      const first = await use.publish('public/passing', { n: 1 })
      const { status, body } = await post({ channel: 'public/passing', n: 2 }, '?ephemeral=1')
      expect(status).toBe(200)
      expect(body).toEqual({ channel: 'public/passing', timestamp: expect.any(String), recipients: 1 })
      const passing = await stream.waitFor((frame) => frame.body.n === 2)
      expect(passing.body).not.toHaveProperty('id')
      expect(passing.lastEventId).toBe(first.id)
      const last = await use.publish('public/passing', { n: 3 })
      const back = await use.follow(['public/passing'], { lastEventId: first.id })
      await back.waitFor((frame) => frame.body.n === 3)
      expect(idsOf(back)).toEqual([last.id])
      expect(offsetOf(last.id)).toBe(offsetOf(first.id) + 1)
      const { items } = (await use.as().get<{ items: { n: number }[] }>('/api/channels/public%2Fpassing/messages')).body
      expect(items.map(({ n }) => n)).toEqual([3, 1])
    })

    it('is not sent to the connection that it excludes, and to all others', async () => {
      const [author, other] = [await use.follow(['public/echo']), await use.follow(['public/echo'])]
      const query = `?exclude=${author.connectionId}`
      const own = await post({ channel: 'public/echo', n: 1 }, query)
      expect(own.body.recipients).toBe(1)
      expect((await post({ channel: 'public/echo', n: 2 }, `${query}&ephemeral=1`)).body.recipients).toBe(1)
      const last = await use.publish('public/echo', { n: 3 })
      for (const stream of [author, other]) await stream.waitFor(({ body }) => body.id === last.id)
      expect(author.frames.map(({ body }) => body.n)).toEqual([undefined, 3])
      expect(other.frames.map(({ body }) => body.n)).toEqual([undefined, 1, 2, 3])
    })

    it('moves the position of the connection that it excludes, which does not get it after a resume either', async () => {
      const author = await use.follow(['public/mine'])
      const { body } = await post({ channel: 'public/mine', n: 1 }, `?exclude=${author.connectionId}`)
      const other = await use.follow(['public/mine'])
      const { id } = await use.publish('public/away')
      await other.waitFor(() => true)
      expect(offsetOf(id)).toBe(offsetOf(String(body.id)) + 1)
      const { lastEventId } = author
      expect(lastEventId).toBe(body.id)
      author.close()
      const next = await use.publish('public/mine', { n: 2 })
      const back = await use.follow(['public/mine'], { lastEventId })
      await back.waitFor((frame) => frame.body.id === next.id)
      expect(idsOf(back)).toEqual([next.id])
    })

    it('is refused when its type is one of the server’s own', async () => {
      expect(RESERVED_TYPES.size).toBe(13)
      const stream = await use.follow(['public/reserved'])
      for (const type of RESERVED_TYPES) {
        for (const query of ['', '?ephemeral=1']) {
          const { status, body } = await post({ channel: 'public/reserved', type }, query)
          expect({ status, code: body.code }, type).toEqual({ status: 400, code: 'reserved_type' })
        }
      }
      await use.publish('public/reserved', { type: 'Connected' })
      await stream.waitFor(({ body }) => body.type === 'Connected')
      expect(stream.frames).toHaveLength(2)
    })

    it('reaches no channel that only the server publishes to', async () => {
      for (const channel of ['admin/stats', 'admin/x', 'participant/p', 'room/r']) {
        expect((await post({ channel, type: 'chat' })).body, channel).toMatchObject({ code: 'forbidden_channel' })
      }
      const nobody = await use.as(null).post('/api/broadcast', { channel: 'broadcast' })
      expect(nobody.body).toMatchObject({ status: 401, code: 'unauthorized' })
    })

    it('is read back, page by page, when the server was killed after the answer', async () => {
      const sent = await use.publishAll(Array.from({ length: 7 }, (_, n) => ({ channel: 'public/durable', n })))
      await use.server.restart({ signal: 'SIGKILL' })
      const path = '/api/channels/public%2Fdurable/messages?limit=3'
      const read: string[] = []
      let cursor: string | null = null
      do {
        const page: Page = (await use.as().get<Page>(`${path}${cursor === null ? '' : `&cursor=${cursor}`}`)).body
        expect(page.items.length).toBeLessThanOrEqual(3)
        read.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(read).toEqual(sent.map(({ id }) => id).toReversed())
    })
  })
})
