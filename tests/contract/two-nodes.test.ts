import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { api } from '../support/api.ts'
import { createDatabase } from '../support/postgres.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { type EventStream, openEvents } from '../support/sse.ts'
import { until } from '../support/until.ts'

const postgresUrl = inject('postgresUrl')
const CHANNEL = 'public/nodes'

const idsOf = ({ frames }: EventStream) => frames.flatMap(({ body }) => (typeof body.id === 'string' ? [body.id] : []))
const offsetOf = (id: string) => Number(id.split('.')[1])

describe.skipIf(postgresUrl === null)('two nodes over one PostgreSQL', () => {
  let nodes: TestServer[]
  beforeAll(async () => {
    const databaseUrl = await createDatabase(postgresUrl!)
    nodes = await Promise.all([startServer({ databaseUrl }), startServer({ databaseUrl })])
  })
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()))
  })

  /** Publishes on a node; resolves with the message's id. */
  async function publish(node: TestServer, n: number): Promise<string> {
    const { status, body } = await api(node).post<{ id: string }>('/api/broadcast', { channel: CHANNEL, n })
    expect(status).toBe(200)
    return body.id
  }

  it('deliver one order, everything once, when both are published to at the same time', async () => {
    const streams = await Promise.all(nodes.map((node) => openEvents(node.url, { channels: [CHANNEL] })))
    await Promise.all(streams.map((stream) => stream.waitFor(({ body }) => body.type === 'connected')))
    const published = await Promise.all(Array.from({ length: 200 }, (_, n) => publish(nodes[n % 2]!, n)))
    const last = published.toSorted((a, b) => offsetOf(a) - offsetOf(b)).at(-1)!
    await Promise.all(streams.map((stream) => stream.waitFor(({ body }) => body.id === last)))
    const expected = published.toSorted((a, b) => offsetOf(a) - offsetOf(b))
    for (const stream of streams) {
      expect(idsOf(stream)).toEqual(expected)
      stream.close()
    }
  })

  it('resume a client on the one by a position it got on the other, even one just delivered there', async () => {
    const [a, b] = [nodes[0]!, nodes[1]!]
    for (let round = 0; round < 10; round++) {
      const seen = await publish(a, round)
      const stream = await openEvents(b.url, { channels: [CHANNEL], lastEventId: seen })
      const { body } = await stream.waitFor(({ body: frame }) => frame.type === 'connected')
      expect(body.resume).toEqual({ status: 'complete' })
      const next = await publish(a, round)
      await stream.waitFor(({ body: frame }) => frame.id === next)
      expect(idsOf(stream)).toEqual([next])
      stream.close()
    }
  })

  it('go on when one of them is killed, and its clients find everything on the other', async () => {
    const [a, b] = [nodes[0]!, nodes[1]!]
    const before = await publish(a, 1)
    const missed = await publish(a, 2)
    a.kill('SIGKILL')
    await a.exited()
    const after = await publish(b, 3)
    const stream = await openEvents(b.url, { channels: [CHANNEL], lastEventId: before })
    await stream.waitFor(({ body }) => body.id === after)
    expect(idsOf(stream)).toEqual([missed, after])
    stream.close()
    await a.restart()
    const again = await openEvents(a.url, { channels: [CHANNEL], lastEventId: missed })
    await again.waitFor(({ body }) => body.id === after)
    again.close()
  })

  it('publish a scheduled message once, in order, though both find it due', async () => {
    const streams = await Promise.all(nodes.map((node) => openEvents(node.url, { channels: [CHANNEL] })))
    await Promise.all(streams.map((stream) => stream.waitFor(({ body }) => body.type === 'connected')))
    const dueMs = Date.now() + 4000
    const numbers = Array.from({ length: 60 }, (_, n) => n)
    await Promise.all(
      numbers.map(async (n) => {
        // Both hold due times of their own, in between each other's.
        const deliverAt = new Date(dueMs + n * 10).toISOString()
        const path = `/api/broadcast?deliverAt=${deliverAt}`
        const { status } = await api(nodes[n % 2]!).post(path, { channel: CHANNEL, type: 'bell', n })
        expect(status).toBe(202)
      }),
    )
    const bells = (stream: EventStream) => stream.frames.flatMap(({ body }) => (body.type === 'bell' ? [body.n] : []))
    await Promise.all(streams.map((stream) => until(() => bells(stream).length >= 60, { deadlineMs: 15_000 })))
    const last = await publish(nodes[0]!, -1)
    for (const stream of streams) {
      await stream.waitFor(({ body }) => body.id === last)
      expect(bells(stream)).toEqual(numbers)
      stream.close()
    }
  })

  it('stop and drain without harm', async () => {
    const stream = await openEvents(nodes[0]!.url, { channels: [CHANNEL] })
    expect(await nodes[0]!.stop()).toBe(0)
    expect(stream.frames.at(-1)?.body).toMatchObject({ type: 'disconnect', reason: 'shutdown', reconnect: true })
    await nodes[0]!.restart()
  })
})
