import { describe, expect, it } from 'vitest'
import type { ScheduledMessage, ScheduledReceipt } from '../../shared/scheduled.ts'
import { DATABASES, isMissing, startServerOver } from '../support/databases.ts'
import { invite } from '../support/people.ts'
import { until } from '../support/until.ts'
import { type Follower, useServer } from '../support/use-server.ts'

const HOUR_MS = 3_600_000
const DEADLINE_MS = 15_000
/** Time enough to schedule, on a busy machine too. */
const SOON_MS = 1200
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString()

describe.each(DATABASES)('scheduled messages over %s', (kind) => {
  describe.skipIf(isMissing(kind))('each', () => {
    const use = useServer(() => startServerOver(kind))

    const schedule = (deliverAt: string, message: unknown, token?: string, headers: Record<string, string> = {}) =>
      use
        .as(token)
        .post<ScheduledReceipt & { messages: ScheduledReceipt[] }>(
          `/api/broadcast?deliverAt=${encodeURIComponent(deliverAt)}`,
          message,
          headers,
        )
    const list = async (token?: string, query = '') =>
      (await use.as(token).get<{ items: ScheduledMessage[]; nextCursor: string | null }>(`/api/scheduled${query}`)).body
    const numbers = ({ frames }: Follower) => frames.flatMap(({ body }) => (typeof body.n === 'number' ? [body.n] : []))
    const has = (stream: Follower, count: number) =>
      until(() => numbers(stream).length >= count, { deadlineMs: DEADLINE_MS, what: `${count} messages arrive` })

    it('are published at their time, not before, and leave the list', async () => {
      const stream = await use.follow(['public/later'])
      const ada = await use.tokenFor({ sub: 'ada', publish: ['public/**'] })
      const deliverAt = inMs(SOON_MS)
      const { status, body } = await schedule(deliverAt, { channel: 'public/later', type: 'bell', n: 1 }, ada)
      expect(status).toBe(202)
      expect(body).toEqual({ scheduledId: expect.any(String), channel: 'public/later', deliverAt })
      expect(await list(ada)).toEqual({
        items: [
          {
            ...body,
            type: 'bell',
            from: 'ada',
            scheduledBy: 'user:ada',
            scheduledAt: expect.any(String),
            fields: { n: 1 },
          },
        ],
        nextCursor: null,
      })
      const frame = await stream.waitFor(({ body: { n } }) => n === 1, DEADLINE_MS)
      expect(frame.body).toMatchObject({ type: 'bell', from: 'ada', id: expect.any(String) })
      expect(Date.parse(String(frame.body.timestamp))).toBeGreaterThanOrEqual(Date.parse(deliverAt))
      expect((await list(ada)).items).toEqual([])
      expect(await logged('public/later')).toEqual(['Scheduled message published', 'Message scheduled'])
    })

    it('come in the order of their times and of their batch, and not when they were cancelled', async () => {
      const stream = await use.follow(['public/order'])
      const message = (n: number) => ({ channel: 'public/order', n })
      const [early, late] = [inMs(SOON_MS), inMs(SOON_MS + 100)]
      await schedule(late, message(4))
      const batch = await schedule(early, [message(1), message(2), message(-1), message(3)])
      expect(batch.body.messages.map(({ deliverAt }) => deliverAt)).toEqual([early, early, early, early])
      await schedule(late, message(5))
      const path = `/api/scheduled/${batch.body.messages[2]!.scheduledId}`
      expect((await use.as().delete(path)).status).toBe(204)
      expect((await use.as().delete(path)).body).toMatchObject({ status: 404, code: 'not_found' })
      await has(stream, 5)
      expect(numbers(stream)).toEqual([1, 2, 3, 4, 5])
    })

    it('are published once, in order, when the server is killed at the very moment of some and down at others’', async () => {
      const first = await use.publish('public/kill')
      const dueMs = Date.now() + 2 * SOON_MS
      const all = Array.from({ length: 60 }, (_, n) => n)
      const batches = Array.from({ length: 6 }, (_, i) => all.slice(10 * i, 10 * (i + 1)))
      const scheduled = batches.map((batch, i) => {
        const messages = batch.map((n) => ({ channel: 'public/kill', n }))
        return schedule(new Date(dueMs + 30 * i).toISOString(), messages)
      })
      for (const { status, body } of await Promise.all(scheduled))
        expect({ status, body }).toMatchObject({ status: 202 })
      await until(() => Date.now() >= dueMs + 60, { everyMs: 1, what: 'it is time' })
      use.server.kill('SIGKILL')
      await use.server.exited()
      await until(() => Date.now() > dueMs + 180, { what: 'the time of all is over' })
      await use.server.restart()
      const stream = await use.follow(['public/kill'], { lastEventId: first.id })
      await has(stream, all.length)
      const last = await use.publish('public/kill', { last: true })
      await stream.waitFor(({ body }) => body.id === last.id, DEADLINE_MS)
      expect(numbers(stream)).toEqual(all)
    })

    it('are kept once when the same Idempotency-Key comes again, be it at the same moment', async () => {
      const deliverAt = inMs(HOUR_MS)
      const send = () => schedule(deliverAt, [{ channel: 'public/key' }, {}], undefined, { 'idempotency-key': 'once' })
      const answers = [...(await Promise.all([send(), send(), send()])), await send()]
      const first = answers[0]!.body
      for (const { status, body } of answers) expect([status, body]).toEqual([202, first])
      const id = first.messages[0]!.scheduledId
      expect((await list(undefined, '?channel=public/key')).items.map(({ scheduledId }) => scheduledId)).toEqual([id])
      expect((await use.as().delete(`/api/scheduled/${id}`)).status).toBe(204)
      expect((await send()).body).toEqual(first)
      expect((await list(undefined, '?channel=public/key')).items).toEqual([])
    })

    it('are refused in words when the time, the rights or the wishes do not fit', async () => {
      const bob = await use.tokenFor({ sub: 'bob', publish: ['public/bob'] })
      const refusals: [string, { status: number; body: object }][] = [
        ['is over already', await schedule(inMs(-1000), {})],
        ['30 days', await schedule(inMs(31 * 24 * HOUR_MS), {})],
        ['deliverAt', await schedule('tomorrow', {})],
        ['ephemeral', await use.as().post(query('ephemeral=1'), {})],
        ['exclude', await use.as().post(query('exclude=x'), {})],
      ]
      for (const [words, { status, body }] of refusals) {
        expect({ status, body }).toMatchObject({ status: 400, body: { detail: expect.stringContaining(words) } })
      }
      expect((await schedule(inMs(HOUR_MS), { channel: 'public/other' }, bob)).status).toBe(403)
      expect((await schedule(inMs(HOUR_MS), { type: 'ack' })).status).toBe(400)
    })

    function query(more: string): string {
      return `/api/broadcast?deliverAt=${inMs(HOUR_MS)}&${more}`
    }

    it('are seen and cancelled by their publisher and by admins alone', async () => {
      const [ada, bob] = await Promise.all(['ada', 'bob'].map((sub) => use.tokenFor({ sub, publish: ['public/**'] })))
      const { body } = await schedule(inMs(HOUR_MS), { channel: 'public/mine' }, ada)
      const path = `/api/scheduled/${body.scheduledId}`
      const ids = async (token?: string) => (await list(token)).items.map(({ scheduledId }) => scheduledId)
      const viewer = await invite(use.server, `viewer@${kind === 'PostgreSQL' ? 'pg' : 'lite'}.example.org`, 'viewer')
      expect(await ids(ada)).toEqual([body.scheduledId])
      expect(await ids(bob)).toEqual([])
      expect(await ids()).toContain(body.scheduledId)
      expect(await ids(viewer.token)).toContain(body.scheduledId)
      expect((await use.as(bob).delete(path)).status).toBe(404)
      expect((await use.as(viewer.token).delete(path)).status).toBe(403)
      expect((await use.as(null).get('/api/scheduled')).status).toBe(401)
      expect((await use.as(null).delete(path)).status).toBe(401)
      expect((await use.as(ada).delete(path)).status).toBe(204)
    })

    it('are listed in pages, the next one first', async () => {
      const times = [5, 1, 3, 2, 4].map((hours) => inMs(hours * HOUR_MS))
      for (const [n, at] of times.entries()) await schedule(at, { channel: 'public/pages', n })
      const seen: unknown[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page: Awaited<ReturnType<typeof list>> = await list(
          undefined,
          `?channel=public/pages&limit=2${cursor && `&cursor=${cursor}`}`,
        )
        seen.push(...page.items.map(({ fields }) => fields.n))
        cursor = page.nextCursor
      }
      expect(seen).toEqual([1, 3, 2, 4, 0])
      expect((await use.as().get('/api/scheduled?cursor=x')).body).toMatchObject({ status: 400, code: 'invalid' })
    })

    it('are told of in the event log', async () => {
      const { body } = await schedule(inMs(HOUR_MS), { channel: 'public/log' })
      await use.as().delete(`/api/scheduled/${body.scheduledId}`)
      expect(await logged('public/log')).toEqual(['Scheduled message cancelled', 'Message scheduled'])
    })

    async function logged(text: string): Promise<string[]> {
      const { body } = await use.as().get<{ logs: { type: string; message: string }[] }>(`/api/logs?q=${text}`)
      return body.logs.filter(({ type }) => !type.includes('connect')).map(({ message }) => message)
    }
  })
})
