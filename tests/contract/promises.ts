import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { type Frame, type EventStream, openEvents } from '../support/sse.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { openGate, type TcpGate } from '../support/tcp-gate.ts'
import { until } from '../support/until.ts'
import { idsOf, offsetOf } from '../support/use-server.ts'
import type { EngineKind, SharedEngine } from './engines.ts'

const CHANNEL = 'public/nodes'
const DEADLINE_MS = 20_000
const SETTINGS = {
  API_KEY: 'yk_shared_by_both_nodes_0123456789',
  JWT_SECRET: 's'.repeat(32),
  DRAIN_SECONDS: '0',
  DRAIN_GRACE_SECONDS: '0',
}

/** The `resume` of a greeting. */
interface Resumed {
  status: string
  reason?: string
  to?: string
}

interface Batch {
  messages: { id: string }[]
}

const byOffset = (a: string, b: string) => offsetOf(a) - offsetOf(b)
const numbersOf = ({ frames }: EventStream, type: string) =>
  frames.flatMap(({ body }) => (body.type === type ? [body.n] : []))

/** Holds a broker to what every broker promises: two nodes, of which the second reaches the engine through a gate. */
export function describePromises(kind: EngineKind): void {
  const isAlone = kind.isAlone ?? false

  describe.skipIf(kind.isMissing())(`${kind.name}: the broker`, () => {
    let engine: SharedEngine
    let gate: TcpGate | null = null
    /** Both are the same one where there is but one. */
    let nodes: TestServer[]
    const streams: EventStream[] = []

    beforeAll(async () => {
      engine = await kind.start()
      if (engine.port !== null) gate = await openGate(engine.port)
      const start = (port: number | null) => startServer({ env: { ...SETTINGS, ...engine.env(port) } })
      const ports = isAlone ? [engine.port] : [engine.port, gate?.port ?? null]
      const [a, b = a] = await Promise.all(ports.map(start))
      nodes = [a!, b!]
      for (const node of nodes) await until(() => isReady(node), { deadlineMs: DEADLINE_MS })
      if (!isAlone) await neighbours()
    }, 60_000)
    afterAll(async () => {
      for (const stream of streams) stream.close()
      await Promise.all([...new Set(nodes)].map((node) => node.stop()))
      await gate?.close()
      await engine.stop()
    })

    const isReady = async (node: TestServer) => (await fetch(`${node.url}/readyz`)).status === 200

    /** Waits until each has heard of the other. */
    async function neighbours(): Promise<void> {
      for (const [here, there] of [nodes, nodes.toReversed()]) {
        const stream = await follow(here!, 'public/probe')
        const count = async () => (await api(there!).get('/api/connections?channel=public/probe')).body.total
        await until(async () => (await count()) === 1, { deadlineMs: DEADLINE_MS, what: 'nodes know of each other' })
        stream.close()
        await until(async () => (await count()) === 0, { deadlineMs: DEADLINE_MS, what: 'nodes forget' })
      }
    }

    async function follow(node: TestServer, channel: string, lastEventId?: string): Promise<EventStream> {
      const stream = await openEvents(node.url, { channels: [channel], ...(lastEventId && { lastEventId }) })
      streams.push(stream)
      await stream.waitFor(({ body }) => body.type === 'connected', DEADLINE_MS)
      return stream
    }

    const resumeOf = ({ frames }: EventStream) => frames[0]!.body.resume as Resumed
    const arrived = (stream: EventStream, id: string): Promise<Frame> =>
      stream.waitFor(({ body }) => body.id === id, DEADLINE_MS)

    async function publish(node: TestServer, message: object): Promise<string> {
      const { status, body } = await api(node).post<{ id: string }>('/api/broadcast', { channel: CHANNEL, ...message })
      expect(status, JSON.stringify(body)).toBe(200)
      return body.id
    }

    it('delivers one order, everything once, when all nodes are published to at the same time', async () => {
      const own = await Promise.all(nodes.map((node) => follow(node, CHANNEL)))
      const published = await Promise.all(Array.from({ length: 200 }, (_, n) => publish(nodes[n % 2]!, { n })))
      const expected = published.toSorted(byOffset)
      await Promise.all(own.map((stream) => arrived(stream, expected.at(-1)!)))
      for (const stream of own) expect(idsOf(stream)).toEqual(expected)
    })

    it('resumes a client on one node by a position of another, even one just delivered there', async () => {
      const [a, b] = [nodes[0]!, nodes[1]!]
      for (let round = 0; round < 10; round++) {
        const seen = await publish(a, { round })
        const stream = await follow(b, CHANNEL, seen)
        expect(resumeOf(stream)).toEqual({ status: 'complete' })
        const next = await publish(a, { round })
        await arrived(stream, next)
        expect(idsOf(stream)).toEqual([next])
        stream.close()
      }
    })

    it('keeps what was answered when a node is killed, and its clients find everything on another', async () => {
      const [a, b] = [nodes[0]!, nodes[1]!]
      const before = await publish(a, { n: 1 })
      const missed = [await publish(a, { n: 2 }), await publish(a, { n: 3 })]
      a.kill('SIGKILL')
      await a.exited()
      if (isAlone) await a.restart()
      const after = await publish(b, { n: 4 })
      const stream = await follow(b, CHANNEL, before)
      await arrived(stream, after)
      expect(idsOf(stream)).toEqual([...missed, after])
      if (isAlone) return
      await a.restart()
      await until(() => isReady(a), { deadlineMs: DEADLINE_MS })
      const again = await follow(a, CHANNEL, missed[0])
      await arrived(again, after)
      expect(idsOf(again)).toEqual([missed[1], after])
    })

    it('takes a batch whole and in one piece, or not at all', async () => {
      const stream = await follow(nodes[0]!, CHANNEL)
      const post = (node: TestServer, batch: unknown[]) => api(node).post<Batch>('/api/broadcast', batch)
      const batch = (by: number) => Array.from({ length: 20 }, (_, n) => ({ channel: CHANNEL, type: 'part', by, n }))
      expect((await post(nodes[0]!, [...batch(-1), 'no message'])).status).toBe(400)
      const answers = await Promise.all(Array.from({ length: 10 }, (_, by) => post(nodes[by % 2]!, batch(by))))
      for (const { status, body } of answers) {
        const offsets = body.messages.map(({ id }) => offsetOf(id))
        expect([status, offsets]).toEqual([200, offsets.map((_, i) => offsets[0]! + i)])
      }
      await arrived(stream, await publish(nodes[0]!, { type: 'end' }))
      const parts = stream.frames.filter(({ body }) => body.type === 'part').map(({ body }) => body)
      expect(parts).toHaveLength(200)
      for (let i = 0; i < parts.length; i += 20) {
        expect(parts.slice(i, i + 20).map(({ n, by }) => [n, by])).toEqual(
          batch(Number(parts[i]!.by)).map(({ n, by }) => [n, by]),
        )
      }
    })

    it('publishes once and gives one answer when a key comes to all nodes, one after the other or at once', async () => {
      const stream = await follow(nodes[0]!, 'public/keyed')
      const send = async (node: TestServer, key: string) => {
        const message = { channel: 'public/keyed', key }
        const { status, body } = await api(node).post('/api/broadcast', message, { 'idempotency-key': key })
        return { status, body }
      }
      const first = await send(nodes[0]!, 'k0')
      expect(first.status).toBe(200)
      expect(await send(nodes[1]!, 'k0')).toEqual(first)
      for (let round = 1; round <= 10; round++) {
        const sent = [0, 1, 0, 1].map((i) => send(nodes[i]!, `k${round}`))
        const others = nodes.map((node) => publish(node, {}))
        const [one, ...rest] = await Promise.all(sent)
        for (const again of rest) expect(again).toEqual(one)
        await Promise.all(others)
      }
      await arrived(stream, await publish(nodes[0]!, { channel: 'public/keyed' }))
      const keys = stream.frames.flatMap(({ body }) => (body.key === undefined ? [] : [body.key]))
      expect(keys).toEqual(Array.from({ length: 11 }, (_, n) => `k${n}`))
    })

    it('brings ephemeral messages to the connections of all nodes, once', async () => {
      const own = await Promise.all(nodes.map((node) => follow(node, 'public/now')))
      const text = '😀ü\u0000x'.repeat(2000)
      const { status, body } = await api(nodes[0]!).post('/api/broadcast?ephemeral=1', {
        channel: 'public/now',
        type: 'now',
        text,
      })
      expect([status, body.id]).toEqual([200, undefined])
      const last = await publish(nodes[0]!, { channel: 'public/now' })
      for (const stream of own) {
        await stream.waitFor((frame) => frame.body.type === 'now', DEADLINE_MS)
        await arrived(stream, last)
        expect(stream.frames.filter((frame) => frame.body.type === 'now').map((frame) => frame.body.text)).toEqual([
          text,
        ])
      }
    })

    it('publishes a scheduled message once, in order, though every node finds it due', async () => {
      const own = await Promise.all(nodes.map((node) => follow(node, 'public/later')))
      // All of them have to be taken in before the first is due, on a busy machine too.
      const dueMs = Date.now() + 2500
      const numbers = Array.from({ length: 40 }, (_, n) => n)
      const answers = numbers.map((n) => {
        const path = `/api/broadcast?deliverAt=${new Date(dueMs + n * 5).toISOString()}`
        return api(nodes[n % 2]!).post(path, { channel: 'public/later', type: 'bell', n })
      })
      for (const { status } of await Promise.all(answers)) expect(status).toBe(202)
      await Promise.all(
        own.map((stream) => until(() => numbersOf(stream, 'bell').length >= 40, { deadlineMs: DEADLINE_MS })),
      )
      const last = await publish(nodes[0]!, { channel: 'public/later' })
      for (const stream of own) {
        await arrived(stream, last)
        expect(numbersOf(stream, 'bell')).toEqual(numbers)
      }
    })

    it.skipIf(isAlone)(
      'delivers what a transaction publishes if and only if it commits, once and in order',
      async () => {
        const own = await Promise.all(nodes.map((node) => follow(node, 'public/sql')))
        const app = new pg.Client({ connectionString: engine.env(engine.port).DATABASE_URL })
        await app.connect()
        const say = (n: number) => app.query('select yayin_publish($1, $2)', ['public/sql', JSON.stringify({ n })])
        try {
          await app.query('begin')
          await say(0)
          await app.query('rollback')
          await app.query('begin')
          for (let n = 1; n <= 30; n++) await say(n)
          await app.query('commit')
          await say(31)
        } finally {
          await app.end()
        }
        const isThere = (stream: EventStream) => stream.waitFor(({ body }) => body.n === 31, DEADLINE_MS)
        await Promise.all(own.map(isThere))
        const last = await publish(nodes[1]!, { channel: 'public/sql' })
        for (const stream of own) await arrived(stream, last)
        expect(numbersOf(own[0]!, 'message').slice(0, -1)).toEqual(Array.from({ length: 31 }, (_, i) => i + 1))
        expect(idsOf(own[1]!)).toEqual(idsOf(own[0]!))
      },
    )

    it.skipIf(isAlone)('catches up from the log when a node was cut off, and refuses publishes meanwhile', async () => {
      const [a, b] = [nodes[0]!, nodes[1]!]
      const stream = await follow(b, CHANNEL)
      gate!.cut()
      await until(async () => !(await isReady(b)), { deadlineMs: DEADLINE_MS, what: 'the cut is noticed' })
      expect((await fetch(`${b.url}/healthz`)).status).toBe(200)
      const refused = await api(b).post('/api/broadcast', { channel: CHANNEL })
      expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true])
      const missed: string[] = []
      for (let n = 0; n < 50; n++) missed.push(await publish(a, { n }))
      gate!.open()
      await arrived(stream, missed.at(-1)!)
      expect(idsOf(stream)).toEqual(missed)
      await until(() => isReady(b), { deadlineMs: DEADLINE_MS })
      await arrived(stream, await publish(b, {}))
    })

    it('finds everything in the archive, in order and once, whoever archives', async () => {
      const channel = 'public/archived'
      const published: string[] = []
      for (let n = 0; n < 60; n++) published.push(await publish(nodes[n % 2]!, { channel, n }))
      for (const node of nodes) {
        const read = async () => {
          const path = `/api/messages?channel=${channel}&limit=500`
          const { body } = await api(node).get<{ items: { id: string }[] }>(path)
          return body.items.map(({ id }) => id)
        }
        // A node that was killed may have been the one that archives.
        await until(async () => (await read()).length >= published.length, { deadlineMs: DEADLINE_MS })
        const last = await publish(node, { channel })
        published.push(last)
        expect(await read()).toEqual(published.toReversed())
      }
    })

    it('tells a gap, and brings what is still kept, when a client comes for what has been trimmed', async () => {
      const seen = await publish(nodes[0]!, {})
      const published: string[] = []
      for (let n = 0; n < 30; n++) published.push(await publish(nodes[0]!, { n }))
      const set = (value: number) => api(nodes[0]!).post('/api/settings', { key: 'history_max_messages', value })
      expect((await set(10)).status).toBe(200)
      for (const node of nodes) {
        const stream = await until(
          async () => {
            const one = await follow(node, CHANNEL, seen)
            // What is archived is trimmed: in one step, or in several.
            return resumeOf(one).to === published.at(-11) ? one : null
          },
          { deadlineMs: DEADLINE_MS, everyMs: 100, what: 'history is trimmed' },
        )
        expect(resumeOf(stream)).toMatchObject({ status: 'gap', reason: 'expired', from: seen })
        await arrived(stream, published.at(-1)!)
        expect(idsOf(stream)).toEqual(published.slice(-10))
      }
      expect((await set(100_000)).status).toBe(200)
    })

    it('drains without harm', async () => {
      const [a, b] = [nodes[0]!, nodes[1]!]
      const stream = await follow(a, CHANNEL)
      expect(await a.stop()).toBe(0)
      expect(stream.frames.at(-1)?.body).toMatchObject({ type: 'disconnect', reason: 'shutdown', reconnect: true })
      if (isAlone) return
      const last = await publish(b, {})
      const again = await follow(b, CHANNEL, stream.lastEventId)
      await arrived(again, last)
      expect(resumeOf(again)).toEqual({ status: 'complete' })
    })
  })
}
