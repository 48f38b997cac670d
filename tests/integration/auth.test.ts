import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { openEvents, type EventStream } from '../support/sse.ts'

let server: TestServer
const streams: EventStream[] = []

beforeAll(async () => {
  server = await startServer({ hasPassword: true })
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close()
})
afterAll(() => server?.stop())

interface Claims {
  sub: string
  subscribe?: string[]
  publish?: string[]
  expiresIn?: number
}

async function tokenFor(claims: Claims): Promise<string> {
  const { status, body } = await api(server).post('/api/auth/tokens', claims)
  expect(status).toBe(200)
  return String(body.token)
}

async function listen(channels: string[], token?: string): Promise<EventStream> {
  const stream = await openEvents(server.url, { channels, ...(token !== undefined && { token }) })
  streams.push(stream)
  return stream
}

async function connectionId(stream: EventStream): Promise<string> {
  const { body } = await stream.waitFor((frame) => frame.body.type === 'connected')
  return String(body.connectionId)
}

const publish = (channel: string, message: object) => api(server).post('/api/broadcast', { channel, ...message })
const credentials = () => ({ email: server.adminEmail, password: server.adminPassword })

describe('a user', () => {
  it('is not let in to what is another’s when they ask for it by name or by pattern', async () => {
    const token = await tokenFor({ sub: 'eve', subscribe: ['**', 'user/team/*'] })
    const targets = [
      'user/bob',
      'user/*',
      'user/**',
      'admin/stats',
      'admin/**',
      'room/r1',
      'participant/p1',
      'connection/c',
    ]
    for (const target of targets) {
      const stream = await listen(['broadcast', target], token)
      expect(stream.status, target).toBe(403)
      expect(JSON.parse(stream.text)).toMatchObject({
        code: 'forbidden_channel',
        detail: expect.stringContaining(target),
      })
      const history = await api(server, token).get(`/api/channels/${encodeURIComponent(target)}/messages`)
      expect(history.status, target).not.toBe(200)
    }
  })

  it('hears nothing of reserved channels when they follow everything', async () => {
    const token = await tokenFor({ sub: 'eve', subscribe: ['**', '*/bob', '*/*'] })
    const [stream, own] = [await listen(['**', '*/bob', '*/*'], token), await listen(['**'], server.apiKey)]
    expect([stream.status, own.status]).toEqual([200, 200])
    const id = await connectionId(own)
    await publish('user/bob', { secret: 1 })
    await publish(`connection/${id}`, { secret: 2 })
    await publish('orders/bob', { last: true })
    await stream.waitFor((frame) => frame.body.last === true)
    expect(stream.frames.filter((frame) => 'secret' in frame.body)).toEqual([])
  })

  it('gets what is sent to them alone without asking for it', async () => {
    const bob = await listen(['broadcast'], await tokenFor({ sub: 'bob' }))
    const eve = await listen(['broadcast'], await tokenFor({ sub: 'eve' }))
    await publish('user/bob', { for: 'bob' })
    await publish('broadcast', { last: true })
    await bob.waitFor((frame) => frame.body.for === 'bob')
    await eve.waitFor((frame) => frame.body.last === true)
    expect(eve.frames.some((frame) => frame.body.for === 'bob')).toBe(false)
  })

  it('can’t move, see or close another’s connection', async () => {
    const bob = await listen(['broadcast'], await tokenFor({ sub: 'bob', subscribe: ['orders/*'] }))
    const path = `/api/connections/${await connectionId(bob)}`
    const eve = api(server, await tokenFor({ sub: 'eve', subscribe: ['**'], publish: ['**'] }))
    expect((await eve.patch(path, { unsubscribe: ['broadcast'] })).status).toBe(403)
    expect((await eve.get(path)).status).toBe(403)
    expect((await eve.delete(path)).status).toBe(403)
    expect((await api(server, null).patch(path, { subscribe: ['public/x'] })).status).toBe(401)
    expect((await api(server).get(path)).body.channels).toContain('broadcast')
  })

  it('publishes where their token says, as themselves, and nowhere else', async () => {
    const token = await tokenFor({ sub: 'ada', publish: ['orders/*'] })
    const reader = await listen(['orders/7'], server.apiKey)
    const send = (channel: string) => api(server, token).post('/api/broadcast', { channel, from: 'eve', mine: true })
    expect((await send('orders/7')).status).toBe(200)
    const { body } = await reader.waitFor((frame) => frame.body.mine === true)
    expect(body.from).toBe('ada')
    for (const channel of ['broadcast', 'orders/7/items', 'user/ada', 'admin/logs', 'room/r1', 'participant/p1']) {
      expect((await send(channel)).body, channel).toMatchObject({ status: 403, code: 'forbidden_channel' })
    }
  })

  it('is refused everywhere when the token is bad', async () => {
    const bad = api(server, 'nonsense')
    for (const path of ['/api/events', '/api/stats', '/api/auth/me', '/api/channels/broadcast/messages']) {
      expect((await bad.get(path)).body, path).toMatchObject({ status: 401, code: 'invalid_token' })
    }
    expect((await api(server, null).get('/api/events?token=nonsense')).body).toMatchObject({ code: 'invalid_token' })
    expect((await bad.post('/api/broadcast', { a: 1 })).headers.get('www-authenticate')).toMatch(/^Bearer/)
  })

  it('is taken by the token in the query on the stream alone', async () => {
    const token = await tokenFor({ sub: 'ada', subscribe: ['orders/*'] })
    const stream = await openEvents(server.url, { channels: ['orders/7'], query: { token } })
    streams.push(stream)
    expect(stream.status).toBe(200)
    const history = await api(server, null).get(`/api/channels/orders%2F7/messages?token=${token}`)
    expect(history.status).toBe(401)
    expect(server.logs()).not.toContain(token)
  })
})

describe('nobody', () => {
  it('may listen to public channels and do nothing else', async () => {
    expect((await listen(['broadcast', 'public/x'])).status).toBe(200)
    expect((await listen(['orders/7'])).status).toBe(401)
    const nobody = api(server, null)
    expect((await nobody.post('/api/broadcast', { a: 1 })).status).toBe(401)
    const paths = ['stats', 'logs', 'settings', 'connections', 'channels', 'messages', 'auth/me']
    for (const path of paths) expect((await nobody.get(`/api/${path}`)).status, path).toBe(401)
  })

  it('may not even listen when anonymous access is off', async () => {
    const set = (value: boolean) => api(server).post('/api/settings', { key: 'anonymous_access', value })
    expect((await set(false)).status).toBe(200)
    try {
      expect((await listen(['broadcast'])).status).toBe(401)
    } finally {
      await set(true)
    }
    expect((await listen(['broadcast'])).status).toBe(200)
  })
})

describe('the admin', () => {
  it('signs in with the password, works by cookie, and is out after signing out', async () => {
    const nobody = api(server, null)
    const login = await nobody.post('/api/auth/login', credentials())
    expect(login.status).toBe(200)
    const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const setting = { key: 'app.colour', value: 'red' }
    expect((await nobody.get('/api/stats', { cookie })).status).toBe(200)
    expect((await nobody.post('/api/settings', setting, { cookie })).body).toMatchObject({ code: 'cross_origin' })
    expect((await nobody.post('/api/settings', setting, { cookie, origin: server.url })).status).toBe(200)
    expect((await nobody.post('/api/auth/logout', undefined, { cookie, origin: server.url })).status).toBe(204)
    expect((await nobody.get('/api/stats', { cookie })).status).toBe(401)
  })

  it('stays signed in when the server starts again, until the password is another', async () => {
    const { body } = await api(server, null).post('/api/auth/login', credentials())
    const me = () => api(server, String(body.token)).get('/api/auth/me')
    await server.restart()
    expect((await me()).status).toBe(200)
    await server.restart({ env: { ADMIN_PASSWORD: 'another one' } })
    expect((await me()).body).toMatchObject({ code: 'invalid_token' })
    expect((await api(server, null).post('/api/auth/login', credentials())).status).toBe(401)
  })
})
