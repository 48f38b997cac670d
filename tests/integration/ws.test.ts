import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { openRaw } from '../support/raw.ts'
import { until } from '../support/until.ts'
import { startLightServer } from '../support/light-server.ts'
import { useServer } from '../support/use-server.ts'
import { joinSocket, messageIds, openSocket } from '../support/ws.ts'

const use = useServer(() => startLightServer({ hasPassword: true }))

/** Sends the head of an upgrade with changed headers and resolves with the status line and all that came. */
async function rawUpgrade(path: string, change: Record<string, string | null> = {}): Promise<string> {
  const headers: Record<string, string | null> = {
    Host: 'localhost',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...change,
  }
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]))
  const raw = openRaw(use.server, `GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  return raw.ended
}

describe('opening', () => {
  it('greets first, with the channels asked for in the path or the query', async () => {
    const path = await joinSocket(use.server, '/ws/public/a?channel=public/b')
    expect(path.frames[0]).toMatchObject({
      type: 'connected',
      channels: ['public/a', 'public/b'],
      resume: { status: 'none' },
    })
    const plain = await joinSocket(use.server, '/ws')
    expect(plain.frames[0]).toMatchObject({ channels: ['broadcast'] })
    const { body } = await use.as().get(`/api/connections/${plain.connectionId}`)
    expect(body).toMatchObject({ transport: 'ws', channels: ['broadcast'] })
  })

  it('delivers what is published, in order, as SSE does', async () => {
    const client = await joinSocket(use.server, '/ws/public/order')
    const stream = await use.follow(['public/order'])
    const published = await use.publishAll(
      Array.from({ length: 300 }, (_, n) => ({ channel: 'public/order', n, text: 'ş'.repeat(n) })),
    )
    await client.waitFor({ id: published.at(-1)!.id })
    await stream.waitFor(({ body }) => body.id === published.at(-1)!.id)
    expect(messageIds(client)).toEqual(published.map(({ id }) => id))
    expect(client.frames.filter(({ timestamp }) => timestamp)).toEqual(
      stream.frames.filter(({ body }) => body.timestamp).map(({ body }) => body),
    )
  })

  it('carries messages of every length of frame', async () => {
    await use.set('message_max_bytes', 300_000)
    const client = await joinSocket(use.server, '/ws/public/length')
    for (const length of [0, 1, 20, 120, 65_400, 65_536, 200_000]) {
      const { id } = await use.publish('public/length', { text: 'x'.repeat(length) })
      expect((await client.waitFor({ id }))['text']).toHaveLength(length)
    }
  })

  it('accepts whoever may not come in and closes with 1008 and the reason', async () => {
    const token = await use.tokenFor({ sub: 'ada', subscribe: ['orders/*'] })
    for (const [path, code] of [
      ['/ws/secret', 'unauthorized'],
      ['/ws?token=nonsense', 'invalid_token'],
      [`/ws/secret?token=${token}`, 'forbidden_channel'],
      ['/ws?channel=a//b', 'invalid_channel'],
      ['/ws/%zz', 'invalid'],
    ] as const) {
      const client = await openSocket(use.server, path)
      const closed = await client.closed
      expect(closed.code, path).toBe(1008)
      expect(closed.reason, path).toContain(code)
      expect(Buffer.byteLength(closed.reason)).toBeLessThanOrEqual(123)
      expect(client.frames, path).toEqual([{ type: 'error', code, message: expect.any(String) }])
    }
    const { body } = await use.as().get<{ logs: { data: object }[] }>('/api/logs?type=refused')
    expect(body.logs[0]?.data).toMatchObject({ path: '/ws/secret', code: 'forbidden_channel' })
    expect(JSON.stringify(body.logs)).not.toContain(token)
  })

  it('refuses pages of other origins that come by cookie, and takes the site’s own and tokens', async () => {
    const credentials = { email: use.server.adminEmail, password: use.server.adminPassword }
    const token = String((await use.as(null).post('/api/auth/login', credentials)).body.token)
    const headers = { Cookie: `yayin_session=${token}` }
    const foreign = { Origin: 'https://elsewhere.example' }
    const refused = await openSocket(use.server, '/ws/admin/stats', { headers: { ...headers, ...foreign } })
    expect(await refused.closed).toMatchObject({ code: 1008, reason: expect.stringContaining('cross_origin') })
    const own = { Origin: `http://localhost:${use.server.port}` }
    const client = await joinSocket(use.server, '/ws/admin/stats', { headers: { ...headers, ...own } })
    await client.waitFor({ type: 'stats' })
    await joinSocket(use.server, `/ws/admin/stats?token=${use.server.apiKey}`, { headers: foreign })
  })

  it('answers 404, 400 or 503 before the upgrade where there is nothing to upgrade to', async () => {
    expect(await rawUpgrade('/nowhere')).toMatch(/^HTTP\/1\.1 404 /)
    expect(await rawUpgrade('/wsx')).toMatch(/^HTTP\/1\.1 404 /)
    expect(await rawUpgrade('/ws', { 'Sec-WebSocket-Key': null })).toMatch(/^HTTP\/1\.1 400 /)
    expect(await rawUpgrade('/ws', { 'Sec-WebSocket-Key': 'short' })).toMatch(/^HTTP\/1\.1 400 /)
    expect(await rawUpgrade('/ws', { 'Sec-WebSocket-Version': '7' })).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(await rawUpgrade('/ws', { Host: 'rebound.example' })).toMatch(/^HTTP\/1\.1 403 /)
    await use.set('max_connections', 1)
    const first = await joinSocket(use.server)
    const answer = await rawUpgrade('/ws')
    expect(answer).toMatch(/^HTTP\/1\.1 503 /)
    expect(answer).toMatch(/\r\nRetry-After: \d/)
    expect(answer).toContain('too_many_connections')
    first.ws.close()
    expect(await first.closed).toMatchObject({ code: 1005 })
    await until(async () => (await use.as().get('/api/connections')).body.total === 0)
    await joinSocket(use.server)
  })

  it('serves a request that offers another protocol as if it had not', async () => {
    const body = JSON.stringify({ channel: 'public/h2c', n: 1 })
    const status = await new Promise((resolve, reject) => {
      const headers = {
        Connection: 'Upgrade, HTTP2-Settings',
        Upgrade: 'h2c',
        Authorization: `Bearer ${use.server.apiKey}`,
        'Content-Type': 'application/json',
        'Content-Length': body.length,
      }
      const options = { port: use.server.port, path: '/api/broadcast', method: 'POST', headers, agent: false }
      const req = request(options, (res) => resolve(res.resume().statusCode)).on('error', reject)
      req.write(body.slice(0, 5))
      setImmediate(() => req.end(body.slice(5)))
    })
    expect(status).toBe(200)
  })
})

it('drops an upgrade that is sent behind a request without an answer, and serves all others', async () => {
  const control = await joinSocket(use.server, '/ws/public/control')
  const post = [
    'POST /api/broadcast HTTP/1.1',
    'Host: localhost',
    `Authorization: Bearer ${use.server.apiKey}`,
    'Content-Type: application/json',
    'Content-Length: 2',
  ]
  for (const [path, protocol] of [
    ['/ws', 'websocket'],
    ['/nowhere', 'websocket'],
    ['/healthz', 'h2c'],
  ]) {
    const upgrade = [`GET ${path} HTTP/1.1`, 'Host: localhost', 'Connection: Upgrade', `Upgrade: ${protocol}`]
    const text = `${post.join('\r\n')}\r\n\r\n{}${upgrade.join('\r\n')}\r\n\r\n`
    expect(await openRaw(use.server, text).ended, path).not.toContain('101 Switching')
  }
  const { id } = await use.publish('public/control')
  await control.waitFor({ id })
})

describe('resuming', () => {
  it('brings what was missed, once and in order, then what is live', async () => {
    const client = await joinSocket(use.server, '/ws/public/resume')
    const seen = await use.publish('public/resume')
    await client.waitFor({ id: seen.id })
    client.ws.terminate()
    const missed = await use.publishAll(Array.from({ length: 700 }, (_, n) => ({ channel: 'public/resume', n })))
    const back = await openSocket(use.server, `/ws/public/resume?lastEventId=${seen.id}`)
    back.send({ type: 'ping', ackId: 1 })
    const live = await use.publish('public/resume')
    await back.waitFor({ id: live.id, channel: 'public/resume' })
    expect(back.frames[0]).toMatchObject({ type: 'connected', resume: { status: 'complete' }, id: seen.id })
    expect(messageIds(back)).toEqual([...missed.map(({ id }) => id), live.id])
    await back.waitFor({ type: 'pong', ackId: 1 })
  })

  it('tells of a gap, and moves the position of one who hears nothing', async () => {
    const client = await joinSocket(use.server, '/ws/public/quiet?lastEventId=other.7')
    expect(client.frames[0]).toMatchObject({ resume: { status: 'gap', reason: 'epoch', from: 'other.7' } })
    const { id } = await use.publish('public/elsewhere')
    expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong', id })
    await use.set('heartbeat_interval', 1)
    const { id: next } = await use.publish('public/elsewhere')
    await client.waitFor({ type: 'pong', id: next })
  })
})

describe('leaving', () => {
  it('is kicked with 4001, and again for a minute', async () => {
    const client = await joinSocket(use.server, '/ws/public/kick')
    expect((await use.as().delete(`/api/connections/${client.connectionId}`)).status).toBe(204)
    const farewell = await client.waitFor({ type: 'disconnect' })
    expect(farewell).toMatchObject({ reason: 'kicked', reconnect: false })
    expect(await client.closed).toEqual({ code: 4001, reason: 'kicked' })
    const again = await openSocket(use.server, `/ws/public/kick?lastEventId=${farewell.id}`)
    expect(await again.closed).toMatchObject({ code: 4001 })
    expect(again.frames).toEqual([])
  })

  it('is closed with 4003 when the token is over', async () => {
    const token = await use.tokenFor({ sub: 'ada', expiresIn: 2 })
    const client = await joinSocket(use.server, `/ws?token=${token}`)
    expect(await client.closed).toMatchObject({ code: 4003 })
    expect(client.frames.at(-1)).toMatchObject({ type: 'disconnect', reason: 'expired', reconnect: true })
  })

  it('is closed when it answers no ping, and others are not', async () => {
    const silent = await joinSocket(use.server, '/ws', { autoPong: false })
    const other = await joinSocket(use.server)
    await use.set('heartbeat_interval', 1)
    await until(async () => (await use.as().get(`/api/connections/${silent.connectionId}`)).status === 404, {
      deadlineMs: 10_000,
    })
    expect((await use.as().get(`/api/connections/${other.connectionId}`)).status).toBe(200)
  })

  it('is closed as a slow reader, resumes without a gap, and holds nobody up', async () => {
    await use.set('slow_consumer_max_bytes', 16_384)
    const slow = await joinSocket(use.server, '/ws/public/slow')
    const fast = await joinSocket(use.server, '/ws/public/fast')
    slow.ws.pause()
    const published: string[] = []
    for (let i = 0; i < 4; i++) {
      const batch = Array.from({ length: 100 }, () => ({ channel: 'public/slow', text: 'x'.repeat(60_000) }))
      published.push(...(await use.publishAll(batch)).map(({ id }) => id))
      const { id } = await use.publish('public/fast')
      await fast.waitFor({ id }, 1000)
    }
    await until(async () => (await use.as().get(`/api/connections/${slow.connectionId}`)).status === 404)
    slow.ws.resume()
    await slow.closed
    const got = messageIds(slow)
    expect(got.length).toBeLessThan(published.length)
    await use.set('slow_consumer_max_bytes', 1_048_576)
    const position = got.at(-1) ?? slow.frames[0]!.id
    const back = await joinSocket(use.server, `/ws/public/slow?lastEventId=${position}`)
    await back.waitFor({ id: published.at(-1)! }, 20_000)
    expect([...got, ...messageIds(back)]).toEqual(published)
  })

  it('is told of a drain and closed with 1012, with what it published before answered', async () => {
    const clients = await Promise.all(Array.from({ length: 20 }, () => joinSocket(use.server)))
    const publisher = await joinSocket(use.server, `/ws?token=${use.server.apiKey}`)
    for (let n = 0; n < 20; n++) publisher.send({ type: 'publish', message: { n }, ackId: n })
    await publisher.waitFor({ type: 'ack', ackId: 0 })
    use.server.kill('SIGTERM')
    expect(await use.server.exited()).toBe(0)
    for (const client of [...clients, publisher]) {
      expect(await client.closed).toEqual({ code: 1012, reason: 'shutdown' })
      expect(client.frames.find(({ type }) => type === 'disconnect')).toMatchObject({ reason: 'shutdown' })
    }
    const acked = publisher.frames.filter(({ type, ackId }) => type === 'ack' && ackId !== undefined)
    expect(acked.length).toBe(20)
    await use.server.restart()
  })
})
