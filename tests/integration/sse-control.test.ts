import { describe, expect, it } from 'vitest'
import { openEvents } from '../support/sse.ts'
import { until } from '../support/until.ts'
import { startLightServer } from '../support/light-server.ts'
import { useServer } from '../support/use-server.ts'

const use = useServer(() => startLightServer({ hasPassword: true }))

const isDisconnect = ({ body }: { body: Record<string, unknown> }) => body.type === 'disconnect'

async function kick(connectionId: string): Promise<void> {
  const { status, body } = await use.as().delete(`/api/connections/${connectionId}`)
  expect({ status, body }).toEqual({ status: 204, body: null })
}

describe('a kick', () => {
  it('tells the client why, ends its stream, and nobody else’s', async () => {
    const [kicked, other] = [await use.follow(['public/kick']), await use.follow(['public/kick'])]
    await kick(kicked.connectionId)
    const farewell = await kicked.waitFor(isDisconnect)
    expect(farewell.body).toEqual({
      type: 'disconnect',
      reason: 'kicked',
      reconnect: false,
      retryMs: expect.any(Number),
    })
    await kicked.ended
    const { recipients, id } = await use.publish('public/kick')
    expect(recipients).toBe(1)
    await other.waitFor(({ body }) => body.id === id)
    expect((await use.as().get(`/api/connections/${kicked.connectionId}`)).status).toBe(404)
    expect((await use.as().delete(`/api/connections/${kicked.connectionId}`)).status).toBe(404)
  })

  it('stops an EventSource that comes again with the id it was left with, and no newcomer', async () => {
    const kicked = await use.follow(['public/kick'])
    const { id } = await use.publish('public/kick')
    const other = await use.follow(['public/kick'])
    await kick(kicked.connectionId)
    await kicked.ended
    const { lastEventId } = kicked
    for (const attempt of [1, 2]) {
      const again = await use.open({ channels: ['public/kick'], lastEventId })
      expect({ attempt, status: again.status, text: again.text }).toEqual({ attempt, status: 204, text: '' })
    }
    expect((await use.open({ channels: ['public/kick'], query: { lastEventId } })).status).toBe(204)
    expect((await use.open({ channels: ['public/kick'] })).status).toBe(200)
    other.close()
    const back = await use.follow(['public/kick'], { lastEventId: other.lastEventId })
    expect(back.connected.resume).toEqual({ status: 'complete' })
    expect(id).toBe(other.lastEventId)
  })

  it('keeps a user out by their token too, which a fresh EventSource has, and lets their other devices be', async () => {
    const channels = ['orders/1', 'orders/2']
    const claims = { sub: 'ada', subscribe: ['orders/*'] }
    const [token, otherToken] = [await use.tokenFor(claims), await use.tokenFor({ ...claims, expiresIn: 60 })]
    const kicked = await use.follow(channels, { query: { token } })
    const otherDevice = await use.follow(channels, { query: { token: otherToken } })
    await kick(kicked.connectionId)
    await kicked.ended
    expect((await use.open({ channels, query: { token }, lastEventId: kicked.lastEventId })).status).toBe(204)
    expect((await use.open({ channels, query: { token } })).status).toBe(204)
    expect((await use.open({ channels, query: { token: otherToken } })).status).toBe(200)
    const { id } = await use.publish('orders/1')
    await otherDevice.waitFor(({ body }) => body.id === id)
  })

  it('is for admins alone', async () => {
    const stream = await use.follow(['broadcast'])
    const path = `/api/connections/${stream.connectionId}`
    expect((await use.as(null).delete(path)).status).toBe(401)
    const user = use.as(await use.tokenFor({ sub: 'eve', subscribe: ['**'], publish: ['**'] }))
    expect((await user.delete(path)).status).toBe(403)
    expect((await use.as().get(path)).status).toBe(200)
  })
})

describe('a change of channels', () => {
  /** Publishes to `joined` and `left` and expects to hear of the former alone. */
  async function expectMoved(stream: Awaited<ReturnType<typeof use.follow>>, joined: string, left: string) {
    await use.publish(left)
    const { id } = await use.publish(joined)
    await stream.waitFor(({ body }) => body.id === id)
    const heard = stream.frames.filter(({ body }) => 'id' in body).map(({ body }) => body.channel)
    expect(heard).toContain(joined)
    expect(heard).not.toContain(left)
  }

  it('takes effect without a reconnect for whoever knows an anonymous connection’s id', async () => {
    const stream = await use.follow(['public/a'])
    const change = { subscribe: ['public/b', 'public/c/*'], unsubscribe: ['public/a', 'public/never'] }
    const { status, body } = await use.as(null).patch(`/api/connections/${stream.connectionId}`, change)
    expect(status).toBe(200)
    expect(body).toMatchObject({ id: stream.connectionId, channels: ['public/b', 'public/c/*'] })
    await expectMoved(stream, 'public/b', 'public/a')
    await expectMoved(stream, 'public/c/1', 'public/a')
  })

  it('is made by its own user, by an admin, and by nobody else', async () => {
    const claims = { sub: 'ada', subscribe: ['orders/*'] }
    const stream = await use.follow(['orders/1'], { token: await use.tokenFor(claims) })
    const path = `/api/connections/${stream.connectionId}`
    const change = { subscribe: ['orders/2'] }
    const eve = use.as(await use.tokenFor({ sub: 'eve', subscribe: ['**'] }))
    expect((await eve.patch(path, change)).body).toMatchObject({ status: 403, code: 'forbidden' })
    expect((await use.as(null).patch(path, change)).body).toMatchObject({ status: 401, code: 'unauthorized' })
    expect((await use.publish('orders/2')).recipients).toBe(0)
    // A token of the same user made later is the same identity.
    const ada = use.as(await use.tokenFor(claims))
    expect((await ada.patch(path, change)).body.channels).toEqual(['orders/1', 'orders/2'])
    expect((await use.as().patch(path, { unsubscribe: ['orders/1'] })).body.channels).toEqual(['orders/2'])
    await expectMoved(stream, 'orders/2', 'orders/1')
  })

  it('never leads beyond what the connection itself may follow, whoever asks', async () => {
    const user = await use.follow(['orders/1'], { token: await use.tokenFor({ sub: 'ada', subscribe: ['orders/*'] }) })
    const anonymous = await use.follow(['broadcast'])
    const patch = (id: string, subscribe: string[]) => use.as().patch(`/api/connections/${id}`, { subscribe })
    for (const channel of ['secret', '**', 'admin/logs', 'user/bob', 'orders/**']) {
      expect((await patch(user.connectionId, ['orders/2', channel])).body, channel).toMatchObject({ status: 403 })
      expect((await patch(anonymous.connectionId, ['public/x', channel])).body, channel).toMatchObject({ status: 401 })
    }
    // All or nothing: what was allowed in the same request was not done either.
    expect((await use.publish('orders/2')).recipients).toBe(0)
    expect((await use.publish('public/x')).recipients).toBe(0)
  })

  it('is refused when it is malformed, goes beyond the limit, or the connection is unknown', async () => {
    const { connectionId } = await use.follow(['broadcast'])
    const patch = (body: unknown, id = connectionId) => use.as(null).patch(`/api/connections/${id}`, body)
    for (const body of [
      { subscribe: 'public/x' },
      { subscribe: ['a//b'] },
      { channels: [] },
      [],
      1,
      { subscribe: [1] },
    ]) {
      expect((await patch(body)).body, JSON.stringify(body)).toMatchObject({ status: 400, code: 'invalid' })
    }
    const many = Array.from({ length: 128 }, (_, i) => `public/${i}`)
    expect((await patch({ subscribe: many })).status).toBe(400)
    expect((await patch({ subscribe: many, unsubscribe: ['broadcast'] })).status).toBe(200)
    expect((await patch({}, 'nobody')).status).toBe(404)
  })
})

describe('a caller whose time is over', () => {
  it('is told so and closed when their token expires', async () => {
    const token = await use.tokenFor({ sub: 'ada', expiresIn: 2 })
    const stream = await use.follow(['broadcast'], { query: { token } })
    const { body } = await stream.waitFor(isDisconnect, 12_000)
    expect(body).toMatchObject({ reason: 'expired', reconnect: true })
    await stream.ended
    expect((await use.open({ channels: ['broadcast'], query: { token } })).status).toBe(401)
  })

  it('is told so and closed when they sign out, and others stay', async () => {
    const credentials = { email: use.server.adminEmail, password: use.server.adminPassword }
    const signIn = async () => String((await use.as(null).post('/api/auth/login', credentials)).body.token)
    const [token, other] = [await signIn(), await signIn()]
    const [stream, stays] = [
      await use.follow(['admin/stats'], { token }),
      await use.follow(['admin/x'], { token: other }),
    ]
    expect((await use.as(token).post('/api/auth/logout')).status).toBe(204)
    const { body } = await stream.waitFor(isDisconnect, 12_000)
    expect(body).toMatchObject({ reason: 'expired' })
    await stream.ended
    expect((await use.as().get(`/api/connections/${stays.connectionId}`)).status).toBe(200)
  })
})

it('tells a browser’s page of another origin nothing unless it is let in', async () => {
  const stream = await openEvents(use.server.url, { headers: { Origin: 'https://elsewhere.example' } })
  expect(stream.headers['access-control-allow-origin']).toBeUndefined()
  stream.close()
  await until(async () => (await use.as().get('/api/connections')).body.total === 0, { what: 'it is forgotten' })
})
