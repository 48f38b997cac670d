import { request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { api } from '../support/api.ts'
import { type Nodes, startNodes } from '../support/nodes.ts'
import { createDatabase } from '../support/postgres.ts'
import { type Proxy, PROXIES, type ProxyName, startProxy } from '../support/proxies.ts'
import { type EventStream, openEvents, type StreamOptions } from '../support/sse.ts'
import { until } from '../support/until.ts'
import { joinSocket } from '../support/ws.ts'

const postgresUrl = inject('postgresUrl')
const names = (Object.keys(PROXIES) as ProxyName[]).filter((name) => PROXIES[name].program !== null)
/** As long as the shortened settings let a connection be silent, and longer. */
const SILENCE_MS = 3500
/** Two nodes and three proxies at once, on a machine that has other work. */
const START_LIMIT_MS = 60_000

interface Listed {
  connections: { id: string; ip: string; node: string }[]
}

describe.skipIf(postgresUrl === null || names.length === 0)(`two nodes behind ${names.join(', ')}`, () => {
  let cluster: Nodes
  const proxies = new Map<ProxyName, Proxy>()
  beforeAll(async () => {
    const databaseUrl = await createDatabase(postgresUrl!)
    cluster = await startNodes(2, { databaseUrl, env: { TRUST_PROXY: '1' } })
    await Promise.all(names.map(async (name) => proxies.set(name, await startProxy(name, cluster.nodes))))
  }, START_LIMIT_MS)
  afterAll(async () => {
    await Promise.all([...proxies.values()].map((proxy) => proxy.stop()))
    await cluster?.stop()
  })

  /** The load balancers, each with the nodes' API by way of it. */
  const all = () => names.map((name) => ({ name, proxy: proxies.get(name)!, api: through(proxies.get(name)!) }))
  const through = ({ url }: Proxy) => api({ url, apiKey: cluster.apiKey })

  async function follow(proxy: Proxy, channel: string, options: StreamOptions = {}): Promise<EventStream> {
    const stream = await openEvents(proxy.url, { channels: [channel], ...options })
    onTestFinished(() => stream.close())
    expect(stream.status, stream.text).toBe(200)
    await stream.waitFor(({ body }) => body.type === 'connected', 15_000)
    return stream
  }

  /** Publishes as a publisher does that was told to come again: by the same key, until it is answered 200. */
  async function publish(call: ReturnType<typeof api>, message: object, key: string): Promise<string> {
    return until(
      async () => {
        const { status, headers, body } = await call.post('/api/broadcast', message, { 'Idempotency-Key': key })
        if (status !== 200) expect([status, headers.get('retry-after')], key).toEqual([503, expect.any(String)])
        return status === 200 ? String(body.id) : null
      },
      { deadlineMs: 15_000, everyMs: 50, what: `${key} is published` },
    )
  }

  const idOf = (stream: EventStream) => String(stream.frames[0]?.body.connectionId)

  it('give clients to both, and pass each message on at once, through each', async () => {
    for (const { name, proxy, api: call } of all()) {
      const channel = `public/${name}`
      const streams = await Promise.all(Array.from({ length: 4 }, () => follow(proxy, channel)))
      const { status, body } = await call.post<{ id: string }>('/api/broadcast', { channel, type: 'hello' })
      expect(status).toBe(200)
      // One that holds bytes back until it has enough of them would hold this one for ever.
      for (const stream of streams) await stream.waitFor((frame) => frame.body.id === body.id, 10_000)
      const ids = new Set(streams.map(idOf))
      const nodes = async () => {
        const { connections } = (await call.get<Listed>('/api/connections?limit=500')).body
        const own = connections.filter(({ id }) => ids.has(id))
        return own.length === 4 && new Set(own.map(({ node }) => node)).size === 2
      }
      await until(nodes, { deadlineMs: 10_000, what: `${name} gives streams to both nodes` })
    }
  })

  it('keep streams and sockets open through a silence, thanks to heartbeats', async () => {
    const beats = { key: 'heartbeat_interval', value: 1 }
    for (const node of cluster.nodes) expect((await api(node).post('/api/settings', beats)).status).toBe(200)
    const open = await Promise.all(
      all().map(async ({ name, proxy }) => {
        const stream = await follow(proxy, 'public/silent')
        const socket = await joinSocket({ port: proxy.port }, '/ws?channel=public/silent')
        return { name, stream, socket }
      }),
    )
    const over: string[] = []
    for (const { name, stream, socket } of open) {
      void stream.ended.then(() => over.push(`${name}'s stream`))
      void socket.closed.then(() => over.push(`${name}'s socket`))
    }
    await delay(SILENCE_MS)
    expect(over).toEqual([])
    for (const { stream, socket } of open) {
      expect(stream.comments.length).toBeGreaterThan(0)
      expect(await socket.ask({ type: 'ping' })).toMatchObject({ type: 'pong' })
    }
  })

  it('tell the nodes where a client is, and not what it says of itself', async () => {
    for (const { proxy, api: call } of all()) {
      const headers = { 'X-Forwarded-For': '203.0.113.7' }
      const seen = await addressSeen(proxy, headers, call.get)
      expect(seen).toBe('127.0.0.2')
    }
  })

  it('take a node out that goes, and its clients find everything on the other', async () => {
    const channel = 'public/going'
    const [going] = cluster.nodes
    const streams = await Promise.all(
      all().flatMap(({ proxy }) => [0, 1].map(async () => ({ proxy, stream: await follow(proxy, channel) }))),
    )
    expect(await going!.stop()).toBe(0)
    const ended = streams.filter(({ stream }) => stream.frames.some(({ body }) => body.reason === 'shutdown'))
    expect(ended.length).toBeGreaterThan(0)
    const published: string[] = []
    for (const { name, api: call } of all()) {
      for (let n = 0; n < 6; n++) published.push(await publish(call, { channel, n }, `${name} ${n}`))
    }
    for (const { proxy, stream } of ended) {
      const again = await follow(proxy, channel, { lastEventId: stream.lastEventId })
      expect(again.frames[0]!.body.resume).toEqual({ status: 'complete' })
      await again.waitFor(({ body }) => body.id === published.at(-1), 10_000)
      expect(again.frames.flatMap(({ body }) => (typeof body.id === 'string' ? [body.id] : []))).toEqual(published)
    }
  })

  it('say that nobody is there as the nodes themselves would, once none is left', async () => {
    expect(await cluster.nodes[1]!.stop()).toBe(0)
    for (const { name, api: call } of all()) {
      const answer = await call.post('/api/broadcast', { channel: 'public/none' })
      expect(answer.status, name).toBe(503)
      expect(answer.headers.get('retry-after'), name).toBe('2')
      expect(answer.body, name).toMatchObject({ status: 503, code: 'unavailable' })
    }
  })
})

/** Opens a stream from 127.0.0.2; resolves with the address that the nodes have for it. */
function addressSeen(
  { url }: Proxy,
  headers: Record<string, string>,
  get: ReturnType<typeof api>['get'],
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const address = new URL('/api/events?channel=public/address', url)
    const req = request(address, { headers, localAddress: '127.0.0.2', agent: false }, (res) => {
      let text = ''
      res.on('error', () => undefined).setEncoding('utf8')
      res.on('data', (chunk: string) => (text += chunk))
      const seen = async () => {
        const id = /"connectionId":"([^"]+)"/.exec(text)?.[1]
        const { connections } = (await get<Listed>('/api/connections?limit=500')).body
        return connections.find((connection) => connection.id === id)?.ip
      }
      until(seen, { deadlineMs: 10_000 })
        .then(resolve, reject)
        .finally(() => req.destroy())
    })
    req.on('error', reject).end()
  })
}
