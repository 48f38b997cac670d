import { describe, expect, it } from 'vitest'
import { type Stats, type StatsHistory, statsSchema } from '../../shared/api.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'

// Over the embedded database, which the figures name.
const use = useServer(() => startServer())
const read = async () => (await use.as().get<Stats>('/api/stats')).body

describe('the figures', () => {
  it('have the documented shape, and say what is known at the start', async () => {
    const stats = await read()
    expect(statsSchema.strict().parse(stats)).toEqual(stats)
    expect(stats).toMatchObject({
      version: '0.1.0',
      connections: { current: 0, peak: 0, max: 10_000, byTransport: {}, slowLastMinute: 0 },
      messages: { published: 0, delivered: 0, publishedPerSecond: 0, deliveredPerSecond: 0 },
      channels: 0,
      rooms: { active: 0, participants: 0 },
      database: { kind: 'pglite', ok: true },
      broker: { kind: 'local', ok: true },
      mqtt: null,
    })
    expect(Date.parse(stats.startedAt) + stats.uptimeSeconds * 1000).toBeGreaterThan(Date.now() - 5000)
    expect(stats.memory.rssBytes).toBeGreaterThan(stats.memory.heapUsedBytes)
    expect(stats.database.latencyMs).toBeGreaterThan(0)
  })

  it('count what was published, what was delivered, and to how many', async () => {
    const before = await read()
    const streams = [
      await use.follow(['public/x']),
      await use.follow(['public/x', 'public/y']),
      await use.follow(['public/*']),
    ]
    await use.publishAll(Array.from({ length: 10 }, () => ({ channel: 'public/x' })))
    await use.publish('public/y')
    await use.publish('nobody/here')
    await use.as().post('/api/broadcast?ephemeral=1', { channel: 'public/x' })
    await use.as().post('/api/broadcast', { type: 'ack' })
    const after = await read()
    expect(after.messages.published - before.messages.published).toBe(13)
    expect(after.messages.delivered - before.messages.delivered).toBe(3 * 10 + 2 + 3)
    expect(after.connections).toMatchObject({ current: 3, byTransport: { sse: 3 } })
    expect(after.connections.peak).toBeGreaterThanOrEqual(3)
    expect(after.channels - before.channels).toBe(2)
    expect(after.deliveryLatencyMs.p50).toBeGreaterThan(0)
    expect(after.deliveryLatencyMs.p99).toBeGreaterThanOrEqual(after.deliveryLatencyMs.p50)

    for (const stream of streams) stream.close()
    await until(async () => (await read()).connections.current === 0, { what: 'all have gone' })
    const last = await read()
    expect(last.connections).toMatchObject({ current: 0, peak: after.connections.peak, byTransport: {} })
    expect(last.channels).toBe(before.channels)
    expect(last.messages.published).toBe(after.messages.published)
  })

  it('tell how much goes in and out in a second', async () => {
    await use.follow(['public/rate'])
    await use.publishAll(Array.from({ length: 50 }, () => ({ channel: 'public/rate' })))
    // A mean over ten seconds, in which fewer than seventy were published.
    const busy = await until(
      async () => {
        const { messages } = await read()
        return messages.publishedPerSecond > 0 ? messages : null
      },
      { what: 'the rate is shown' },
    )
    expect(busy.publishedPerSecond).toBeLessThanOrEqual(7)
    expect(busy.deliveredPerSecond).toBeGreaterThan(0)
  })

  it('are the ones that Prometheus gets', async () => {
    await use.follow(['public/metrics'])
    await use.publish('public/metrics')
    await until(async () => (await read()).connections.current === 1, { what: 'earlier ones have gone' })
    const [{ messages }, { status, headers, body }] = [await read(), await use.as().get<string>('/metrics')]
    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(body).toContain(`\nyayin_messages_published_total ${messages.published}\n`)
    expect(body).toContain(`\nyayin_messages_delivered_total ${messages.delivered}\n`)
    expect(body).toContain('\nyayin_connections{transport="sse"} 1\n')
    expect(body).toContain('\nyayin_database_up 1\n')
  })

  it('are for admins alone', async () => {
    const user = use.as(await use.tokenFor({ sub: 'eve', subscribe: ['**'] }))
    for (const path of ['/api/stats', '/api/stats/history', '/metrics']) {
      expect((await use.as(null).get(path)).status, path).toBe(401)
      expect((await user.get(path)).status, path).toBe(403)
    }
  })
})

describe('the history of the figures', () => {
  const history = async (query: string) => (await use.as().get<StatsHistory>(`/api/stats/history?${query}`)).body

  it('has a point for each second, and survives a restart in coarser ones', async () => {
    await use.follow(['public/history'])
    const busy = (points: StatsHistory['points']) => points.filter(({ connections }) => connections > 0)
    const before = await until(
      async () => {
        const now = await history('span=5m')
        return busy(now.points).length >= 2 ? now : null
      },
      { what: 'two seconds are there', deadlineMs: 15_000 },
    )
    expect(before.nodes).toEqual([before.node])
    expect(before.points.every(({ seconds }) => seconds === 1)).toBe(true)
    await use.server.restart()
    const after = await history('span=5m')
    expect(busy(after.points)[0]).toMatchObject({ seconds: 10 })
    expect(busy((await history('span=1h')).points).length).toBeGreaterThan(0)
    expect(busy((await history('span=24h')).points).length).toBeGreaterThan(0)
    const times = after.points.map(({ at }) => at)
    expect(times).toEqual(times.toSorted())
  })

  it('is empty for a node that nobody knows, and refused for another span', async () => {
    expect((await history('node=nowhere')).points).toEqual([])
    expect((await use.as().get('/api/stats/history?span=7d')).status).toBe(400)
  })
})

describe('admin/stats', () => {
  it('brings the same figures every second, ephemeral, to admins alone', async () => {
    const stream = await use.follow(['admin/stats'], { token: use.server.apiKey })
    const figures = () => stream.frames.filter(({ body }) => body.type === 'stats').map(({ body }) => body)
    await until(() => figures().length >= 4, { what: 'four have come', deadlineMs: 8000 })
    const times = figures().map(({ timestamp }) => Date.parse(String(timestamp)))
    const spanMs = times[3]! - times[0]!
    expect(spanMs).toBeGreaterThan(2500)
    expect(spanMs).toBeLessThan(4500)
    const { channel, type, timestamp, ...stats } = figures()[0]!
    expect(statsSchema.strict().safeParse(stats).error).toBeUndefined()
    expect({ channel, type, timestamp }).toEqual({
      channel: 'admin/stats',
      type: 'stats',
      timestamp: expect.any(String),
    })
    expect((await use.open({ channels: ['admin/stats'] })).status).toBe(401)
    const token = await use.tokenFor({ sub: 'eve', subscribe: ['**'] })
    expect((await use.open({ channels: ['admin/stats'], token })).status).toBe(403)
  })
})
