import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionInfo, Stats, StatsHistory } from '../../shared/api.ts'
import { api } from '../support/api.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { type EventStream, openEvents } from '../support/sse.ts'
import { until } from '../support/until.ts'
import { joinSocket } from '../support/ws.ts'
import type { EngineKind, SharedEngine } from './engines.ts'

const SECRETS = { API_KEY: 'yk_shared_by_both_nodes_0123456789', JWT_SECRET: 's'.repeat(32) }

/** Holds two nodes to what they know of each other, and do for each other, over one engine. */
export function describeCluster(kind: EngineKind): void {
  describe.skipIf(kind.isMissing())(`a cluster of two nodes: ${kind.name}`, () => {
    let a: TestServer
    let b: TestServer
    let engine: SharedEngine
    const start = () => startServer({ env: { ...SECRETS, ...engine.env(engine.port) } })

    beforeAll(async () => {
      engine = await kind.start()
      ;[a, b] = await Promise.all([start(), start()])
      for (const { url } of [a, b]) await until(async () => (await fetch(`${url}/readyz`)).ok, { deadlineMs: 20_000 })
      // Each has heard of the other once a connection to one shows on the other.
      const probe = await connect(a, 'public/probe')
      await until(async () => (await list(b)).some(({ id }) => id === probe.id))
      probe.stream.close()
    })
    afterAll(async () => {
      await Promise.all([a.stop(), b.stop()])
      await engine.stop()
    })

    async function list(node: TestServer, query = ''): Promise<ConnectionInfo[]> {
      const { body } = await api(node).get<{ connections: ConnectionInfo[] }>(`/api/connections${query}`)
      return body.connections
    }

    async function connect(node: TestServer, ...channels: string[]): Promise<{ stream: EventStream; id: string }> {
      const stream = await openEvents(node.url, { channels })
      const { body } = await stream.waitFor((frame) => frame.body.type === 'connected')
      return { stream, id: String(body.connectionId) }
    }

    it('brings an ephemeral message to the connections of both, once', async () => {
      const here = await connect(a, 'public/now')
      const there = await connect(b, 'public/now')
      await api(a).post('/api/broadcast?ephemeral=1', { channel: 'public/now', n: 1 })
      await api(a).post('/api/broadcast', { channel: 'public/now', n: 2 })
      for (const { stream } of [here, there]) {
        await stream.waitFor(({ body }) => body.n === 1)
        await stream.waitFor(({ body }) => body.n === 2)
        expect(stream.frames.filter(({ body }) => body.n === 1)).toHaveLength(1)
        stream.close()
      }
    })

    it('carries an ephemeral message of any size and letters', async () => {
      const there = await connect(b, 'public/now')
      const text = '😀ü\u0000x'.repeat(3000)
      const { status } = await api(a).post('/api/broadcast?ephemeral=1', { channel: 'public/now', text })
      expect(status).toBe(200)
      const { body } = await there.stream.waitFor((frame) => frame.body.text !== undefined)
      expect(body.text).toBe(text)
      there.stream.close()
    })

    it('lists, shows, changes and disconnects a connection of the other node', async () => {
      const { stream, id } = await connect(b, 'public/there')
      const [info] = await until(async () => {
        const found = await list(a, '?channel=public/there')
        return found.length === 1 ? found : undefined
      })
      expect(info).toMatchObject({ id, transport: 'sse', channels: ['public/there'] })
      await api(a).post('/api/broadcast', { channel: 'public/there', n: 1 })
      await stream.waitFor(({ body }) => body.n === 1)
      const shown = await api(a).get<ConnectionInfo>(`/api/connections/${id}`)
      expect(shown.body).toMatchObject({ id, messagesSent: 1, node: info!.node })

      const changed = await api(a).patch(`/api/connections/${id}`, { subscribe: ['public/more'] })
      expect(changed.body).toMatchObject({ id, channels: ['public/there', 'public/more'] })
      await api(a).post('/api/broadcast', { channel: 'public/more', n: 2 })
      await stream.waitFor(({ body }) => body.n === 2)
      const refused = await api(a).patch(`/api/connections/${id}`, { subscribe: ['admin/logs'] })
      expect(refused.status).toBe(401)

      expect((await api(a).delete(`/api/connections/${id}`)).status).toBe(204)
      const { body } = await stream.waitFor((frame) => frame.body.type === 'disconnect')
      expect(body).toMatchObject({ reason: 'kicked', reconnect: false })
      await until(async () => (await api(a).delete(`/api/connections/${id}`)).status === 404)
      // The other node does not let it in either.
      const position = stream.frames.at(-1)!.lastEventId
      const again = await fetch(`${a.url}/api/events?channel=public/there&lastEventId=${position}`)
      expect(again.status).toBe(204)
    })

    it('publishes once and gives one answer when the same key comes to both, one after the other or at once', async () => {
      const { stream } = await connect(a, 'public/keyed')
      const send = (node: TestServer, key: string) =>
        fetch(`${node.url}/api/broadcast`, {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${node.apiKey}`,
            'Content-Type': 'application/json',
            'Idempotency-Key': key,
          },
          body: JSON.stringify({ channel: 'public/keyed', key }),
        }).then(async (response) => ({ status: response.status, answer: await response.text() }))
      const first = await send(a, 'k0')
      expect(await send(b, 'k0')).toEqual(first)
      for (let round = 1; round <= 20; round++) {
        const sent = [a, b, a, b].map((node) => send(node, `k${round}`))
        const others = [a, b].map((node) => api(node).post('/api/broadcast', { channel: 'public/other' }))
        const [one, ...rest] = await Promise.all(sent)
        for (const again of rest) expect(again).toEqual(one)
        for (const { status } of await Promise.all(others)) expect(status).toBe(200)
      }
      await stream.waitFor(({ body }) => body.key === 'k20')
      const keys = stream.frames.flatMap(({ body }) => (body.key === undefined ? [] : [body.key]))
      expect(keys).toEqual(Array.from({ length: 21 }, (_, n) => `k${n}`))
      stream.close()
    })

    it('puts a setting that one changes in force on the other', async () => {
      await api(a).post('/api/settings', { key: 'message_max_bytes', value: 2000 })
      const big = { channel: 'public/now', text: 'x'.repeat(3000) }
      await until(async () => (await api(b).post('/api/broadcast', big)).status === 413)
      await api(a).post('/api/settings', { key: 'message_max_bytes', value: 65_536 })
      await until(async () => (await api(b).post('/api/broadcast', big)).status === 200)
    })

    it('closes a stream on the other node when its key is revoked', async () => {
      const made = await api(a).post<{ key: { id: string }; secret: string }>('/api/keys', {
        name: 'n',
        scopes: ['subscribe'],
      })
      const stream = await openEvents(b.url, { channels: ['private/x'], token: made.body.secret })
      await stream.waitFor(({ body }) => body.type === 'connected')
      await api(a).delete(`/api/keys/${made.body.key.id}`)
      const { body } = await stream.waitFor((frame) => frame.body.type === 'disconnect')
      expect(body).toMatchObject({ reason: 'expired' })
      const refused = await fetch(`${b.url}/api/events?channel=private/x&token=${made.body.secret}`)
      expect(refused.status).toBe(401)
    })

    it('knows who is in a channel on any node, and tells of comings and goings on the other', async () => {
      const watcher = await joinSocket(a, '/ws?channel=public/room')
      watcher.send({ type: 'subscribe', channel: 'public/room', presence: true, ackId: 1 })
      await watcher.waitFor({ type: 'subscribed' })
      const { stream } = await connect(b, 'public/room')
      await watcher.waitFor({ type: 'presence_join' })
      const { body } = await api(a).get<{ total: number }>('/api/channels/public%2Froom/presence')
      expect(body.total).toBe(2)
      const channels = await api(a).get<{ channels: { name: string; subscribers: number }[] }>(
        '/api/channels?q=public/room',
      )
      expect(channels.body.channels).toMatchObject([{ name: 'public/room', subscribers: 2 }])
      stream.close()
      await watcher.waitFor({ type: 'presence_leave' })
    })

    it('gives the figures of either node and of both together, now, in the past and live', async () => {
      const opened = [await connect(a, 'public/f'), await connect(a, 'public/f'), await connect(b, 'public/f')]
      const figures = async (query = '') => (await api(a).get<Stats>(`/api/stats${query}`)).body
      const [here, there] = (await figures()).nodes
      expect((await figures(`?node=${there}`)).node).toBe(there)
      expect((await api(a).get('/api/stats?node=nowhere')).status).toBe(404)
      const count = async (node = 'all') => (await figures(`?node=${node}`)).connections.current
      // Those of earlier tests may still be on their way out.
      await until(async () => (await count()) === 3 && (await count(there)) === 1)
      expect(await figures('?node=all')).toMatchObject({ node: 'all', nodes: [here, there], channels: 1 })

      const past = async (node: string) =>
        (await api(b).get<StatsHistory>(`/api/stats/history?node=${node}`)).body.points.at(-1)?.connections
      await until(async () => (await past('all')) === 3 && (await past(here!)) === 2 && (await past(there!)) === 1)

      const watcher = await openEvents(a.url, { channels: ['admin/stats'], token: SECRETS.API_KEY })
      await watcher.waitFor(({ body }) => body.type === 'stats' && body.node === here)
      await watcher.waitFor(({ body }) => body.type === 'node_stats' && body.node === there)
      expect(watcher.frames.some(({ body }) => body.type === 'stats' && body.node === there)).toBe(false)
      for (const { stream } of [...opened, { stream: watcher }]) stream.close()
    })

    it('forgets the connections and figures of a node that was killed', async () => {
      const third = await start()
      const nodes = async () => (await api(a).get<Stats>('/api/stats?node=all')).body.nodes.length
      await until(async () => (await fetch(`${third.url}/readyz`)).ok)
      const { id } = await connect(third, 'public/lost')
      await until(async () => (await list(a)).some((one) => one.id === id) && (await nodes()) === 3)
      third.kill('SIGKILL')
      await until(async () => !(await list(a)).some((one) => one.id === id), { deadlineMs: 30_000, everyMs: 200 })
      expect(await nodes()).toBe(2)
      await third.stop().catch(() => undefined)
    }, 45_000)

    it.skipIf(!kind.isOwn)('lists what the other last told of its connections while the engine is away', async () => {
      const there = await connect(b, 'public/away')
      const known = await until(async () => (await list(a)).find(({ id }) => id === there.id))
      await engine.stop()
      const read = () => api(a).get<{ connections: ConnectionInfo[]; silentNodes?: string[] }>('/api/connections')
      const body = await until(async () => {
        const answer = await read()
        return answer.body.silentNodes === undefined ? undefined : answer.body
      })
      expect(body.silentNodes).toEqual([known.node])
      expect(body.connections).toContainEqual(expect.objectContaining({ id: there.id, channels: ['public/away'] }))
      there.stream.close()
    })
  })
}
