import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { findPostgres } from '../../scripts/test-parts.mjs'
import { type Answer, api } from '../support/api.ts'
import { type Postgres, startPostgres } from '../support/postgres.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { type EventStream, openEvents } from '../support/sse.ts'
import { openGate, type TcpGate } from '../support/tcp-gate.ts'
import { until } from '../support/until.ts'
import { idsOf, offsetOf } from '../support/use-server.ts'

/** How long a publisher may have to wait for its answer. */
const LONGEST_WAIT_MS = 12_000

describe.skipIf(findPostgres() === null)('a server whose PostgreSQL is away', () => {
  let postgres: Postgres
  let server: TestServer
  const streams: EventStream[] = []

  beforeAll(async () => {
    postgres = (await startPostgres())!
  })
  afterEach(async () => {
    for (const stream of streams.splice(0)) stream.close()
    await server.stop()
  })
  afterAll(() => postgres?.stop())

  async function start(databaseUrl: string, isAway = false): Promise<void> {
    server = await startServer({ databaseUrl, env: { BROKER: 'local' }, isAway })
  }
  async function follow(channel: string): Promise<EventStream> {
    const stream = await openEvents(server.url, { channels: [channel] })
    streams.push(stream)
    await stream.waitFor(({ body }) => body.type === 'connected')
    return stream
  }
  const publish = (message: object = {}) => api(server).post('/api/broadcast', { channel: 'public/away', ...message })
  const readiness = () => api(server, null).get<{ away: string[] }>('/readyz')
  const isBack = () => until(async () => (await publish()).status === 200, { deadlineMs: 15_000, what: 'it is back' })

  function expectAway({ status, headers, body }: Answer<unknown>): void {
    expect({ status, body }).toMatchObject({ status: 503, body: { code: 'unavailable' } })
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  }

  /** Publishes `count` messages at once; each is to be answered in time. */
  async function publishMany(count: number): Promise<Answer<Record<string, unknown>>[]> {
    const startedAt = performance.now()
    const answers = await Promise.all(Array.from({ length: count }, (_, n) => publish({ n })))
    expect(performance.now() - startedAt).toBeLessThan(LONGEST_WAIT_MS)
    return answers
  }

  /** Expects a stream that never broke off to have got, once and in order, at least all that was answered 200. */
  async function expectWhole(stream: EventStream, answered: string[]): Promise<void> {
    await stream.waitFor(({ body }) => body.id === answered.at(-1))
    const got = idsOf(stream)
    const offsets = got.map(offsetOf)
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b))
    expect(new Set(got).size).toBe(got.length)
    expect(answered.filter((id) => !got.includes(id))).toEqual([])
    expect(stream.frames.filter(({ body }) => body.type === 'disconnect')).toEqual([])
    // What a stream got is in the log, and all that is in the log was got.
    const { body } = await api(server).get<{ items: { id: string }[] }>(
      '/api/channels/public%2Faway/messages?limit=500',
    )
    const logged = body.items.map(({ id }) => id).toReversed()
    expect(logged.slice(logged.indexOf(got[0]!))).toEqual(got)
  }

  it('listens all the same, says what is missing, and comes up by itself when it is there', async () => {
    const databaseUrl = await postgres.createDatabase()
    await postgres.end('SIGKILL')
    await start(databaseUrl, true)
    expect((await api(server, null).get('/healthz')).status).toBe(200)
    const { status, headers, body } = await readiness()
    expect(status).toBe(503)
    expect(headers.get('retry-after')).toMatch(/^\d+$/)
    expect(body.away).toContain('database')
    expectAway(await publish())
    const stream = await openEvents(server.url)
    expect(stream.status).toBe(503)
    expect(Number(stream.headers['retry-after'])).toBeGreaterThan(0)

    await postgres.restart()
    await until(async () => (await readiness()).status === 200, { deadlineMs: 15_000, what: 'it is ready' })
    expect((await readiness()).body.away).toEqual([])
    const link = () => /Sign in +http:\/\/\S+#code=([\w-]+) /.exec(server.logs())?.[1]
    const code = await until(link, { deadlineMs: 15_000, what: 'the link is told now' })
    expect((await api(server, null).post('/api/auth/login', { code })).status).toBe(200)
    const open = await follow('public/away')
    const published = await publish()
    expect(published.status).toBe(200)
    await open.waitFor(({ body: message }) => message.id === published.body.id)
  }, 60_000)

  it('refuses publishers at once, keeps streams open, and goes on in order when it is back', async () => {
    await start(await postgres.createDatabase())
    const stream = await follow('public/away')
    const before = await publishMany(20)
    expect(before.map(({ status }) => status)).toEqual(Array(20).fill(200))

    await postgres.end('SIGKILL')
    for (const answer of await publishMany(20)) expectAway(answer)
    const isNoticed = async () => (await readiness()).body.away.includes('database')
    await until(isNoticed, { what: 'it is noticed', deadlineMs: 8000 })
    expect((await readiness()).status).toBe(503)
    for (const answer of await publishMany(5)) expectAway(answer)
    expectAway(await api(server).post('/api/settings', { key: 'app.x', value: 1 }))
    expectAway(await api(server).get('/api/messages'))
    expect((await api(server, null).get('/healthz')).status).toBe(200)
    // Nothing of what was refused was delivered: it is the twenty from before, and the stream lives.
    expect(idsOf(stream)).toHaveLength(20)
    const ephemeral = await api(server).post('/api/broadcast?ephemeral=1', { channel: 'public/away', passing: true })
    expect(ephemeral.status).toBe(200)
    await stream.waitFor(({ body }) => body.passing === true)
    const another = await follow('public/away')

    await postgres.restart()
    await isBack()
    const after = await publishMany(20)
    expect(after.map(({ status }) => status)).toEqual(Array(20).fill(200))
    const ids = [...before, ...after].map(({ body }) => String(body.id)).toSorted((a, b) => offsetOf(a) - offsetOf(b))
    await expectWhole(stream, ids)
    await expectWhole(another, ids.slice(20))
    // The event log kept what happened meanwhile.
    const events = await until(
      async () => {
        const { status, body } = await api(server).get<{ logs: { data: { channel?: string; ephemeral?: boolean } }[] }>(
          '/api/logs?type=broadcast&limit=500',
        )
        return status === 200 ? body.logs : null
      },
      { what: 'the event log is there' },
    )
    expect(events.filter(({ data }) => data.ephemeral === true)).toHaveLength(1)
  }, 60_000)

  describe('because it hangs', () => {
    let gate: TcpGate | undefined
    afterEach(() => gate?.close())

    it.each([
      ['it takes nothing in', 'everything'],
      ['its answers are lost', 'answers'],
    ] as const)(
      'answers every publisher in time, and leaves nothing in doubt in the end, when %s',
      async (_when, what) => {
        const databaseUrl = new URL(await postgres.createDatabase())
        gate = await openGate(Number(databaseUrl.port))
        databaseUrl.port = String(gate.port)
        await start(databaseUrl.href)
        const stream = await follow('public/away')
        const before = await publishMany(5)

        const once = () =>
          api(server).post('/api/broadcast', { channel: 'public/once' }, { 'idempotency-key': 'in doubt' })
        gate.shut(what)
        const [doubtful, answers] = await Promise.all([once(), publishMany(20)])
        for (const answer of [doubtful, ...answers]) expectAway(answer)
        for (const answer of await publishMany(5)) expectAway(answer)
        expect(idsOf(stream)).toHaveLength(5)

        gate.open()
        await isBack()
        const after = await publishMany(5)
        const ids = [...before, ...after]
          .map(({ body }) => String(body.id))
          .toSorted((a, b) => offsetOf(a) - offsetOf(b))
        expect(ids).toHaveLength(10)
        await expectWhole(stream, ids)
        // Whether the first one made it or not: sent again under its key, it is there once, under the id that is answered.
        const again = await once()
        expect(again.status).toBe(200)
        const { body } = await api(server).get<{ items: { id: string }[] }>('/api/channels/public%2Fonce/messages')
        expect(body.items.map(({ id }) => id)).toEqual([again.body.id])
      },
      60_000,
    )
  })
})
