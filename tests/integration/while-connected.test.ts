import { describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { until } from '../support/until.ts'
import { startLightServer } from '../support/light-server.ts'
import { useServer } from '../support/use-server.ts'

const use = useServer(() => startLightServer({ hasPassword: true }))

describe('a fresh token', () => {
  it('takes the place of the old one: the connection lives on when that is over', async () => {
    const old = await use.tokenFor({ sub: 'ada', subscribe: ['orders/*'], expiresIn: 2 })
    const stream = await use.follow(['orders/7'], { token: old })
    const fresh = await use.tokenFor({ sub: 'ada', subscribe: ['orders/*'], expiresIn: 600 })
    const { status, body } = await use.as(null).patch(`/api/connections/${stream.connectionId}`, { token: fresh })
    expect([status, body]).toMatchObject([200, { channels: ['orders/7'], dropped: [] }])
    expect(Date.parse(String(body.expiresAt)) - Date.now()).toBeGreaterThan(500_000)
    await until(async () => (await use.as(old).get('/api/auth/me')).status === 401, {
      what: 'the old token is over',
      deadlineMs: 10_000,
    })
    // Longer than a round in which callers are looked at again.
    const quietUntil = Date.now() + 4500
    await until(() => Date.now() > quietUntil, { what: 'a round went by', deadlineMs: 10_000 })
    await use.publish('orders/7', { last: true })
    await stream.waitFor((frame) => frame.body.last === true)
    expect(stream.frames.some((frame) => frame.body.type === 'disconnect')).toBe(false)
  })

  it('takes away the channels that it does not allow any more, and says which', async () => {
    const token = await use.tokenFor({ sub: 'ada', subscribe: ['orders/*', 'news'] })
    const stream = await use.follow(['orders/7', 'news', 'broadcast'], { token })
    const fresh = await use.tokenFor({ sub: 'ada', subscribe: ['news', 'extra'] })
    const { body } = await use
      .as(fresh)
      .patch(`/api/connections/${stream.connectionId}`, { token: fresh, subscribe: ['extra'] })
    expect(body).toMatchObject({ dropped: ['orders/7'], channels: ['news', 'broadcast', 'extra'] })
    await use.publish('orders/7', { secret: true })
    await use.publish('extra', { last: true })
    await stream.waitFor((frame) => frame.body.last === true)
    expect(stream.frames.some((frame) => frame.body.secret === true)).toBe(false)
  })

  it('is refused when it is another’s, bad, or for a connection that is nobody’s', async () => {
    const stream = await use.follow(['broadcast'], { token: await use.tokenFor({ sub: 'ada' }) })
    const anonymous = await use.follow(['broadcast'])
    const eve = await use.tokenFor({ sub: 'eve', subscribe: ['**'] })
    const hand = async (id: string, token: string) =>
      (await use.as(null).patch(`/api/connections/${id}`, { token, subscribe: ['orders/1'] })).body
    expect(await hand(stream.connectionId, eve)).toMatchObject({ status: 403, code: 'forbidden' })
    expect(await hand(stream.connectionId, use.server.apiKey)).toMatchObject({ status: 403 })
    expect(await hand(stream.connectionId, 'nonsense')).toMatchObject({ status: 401, code: 'invalid_token' })
    expect(await hand(anonymous.connectionId, eve)).toMatchObject({ status: 403 })
    expect((await use.as().get(`/api/connections/${stream.connectionId}`)).body.channels).toEqual(['broadcast'])
  })
})

describe('what is public', () => {
  it('is taken from those who follow it when it is public no more', async () => {
    const both = await use.follow(['broadcast', 'public/a'])
    const alone = await use.follow(['public/a'])
    const allowed = await use.follow(['public/a'], {
      token: await use.tokenFor({ sub: 'ada', subscribe: ['public/*'] }),
    })
    await use.set('public_channels', ['broadcast'])
    await both.waitFor((frame) => frame.body.type === 'unsubscribed' && frame.body.channel === 'public/a')
    await alone.waitFor((frame) => frame.body.type === 'disconnect' && frame.body.reason === 'expired')
    await use.publish('public/a', { secret: true })
    await use.publish('broadcast', { last: true })
    await both.waitFor((frame) => frame.body.last === true)
    expect(both.frames.some((frame) => frame.body.secret === true)).toBe(false)
    await allowed.waitFor((frame) => frame.body.secret === true)
  })

  it('is closed to everybody unknown when anonymous access ends', async () => {
    const stream = await use.follow(['broadcast', 'public/a'])
    const key = await use.follow(['broadcast'], { token: use.server.apiKey })
    await use.set('anonymous_access', false)
    await stream.waitFor((frame) => frame.body.type === 'disconnect' && frame.body.reason === 'expired')
    await use.publish('broadcast', { last: true })
    await key.waitFor((frame) => frame.body.last === true)
  })
})

it('closes the streams of a session that signs out', async () => {
  const { adminEmail: email, adminPassword: password } = use.server
  const { body } = await use.as(null).post('/api/auth/login', { email, password })
  const token = String(body.token)
  const stream = await use.follow(['admin/stats'], { token })
  expect((await api(use.server, token).post('/api/auth/logout')).status).toBe(204)
  await stream.waitFor((frame) => frame.body.type === 'disconnect' && frame.body.reason === 'expired', 2000)
})
