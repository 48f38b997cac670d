import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Webhook, WebhookDelivery, WebhookDeliveryDetail } from '../../shared/webhooks.ts'
import { startLightServer } from '../support/light-server.ts'
import { openEvents } from '../support/sse.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'
import { isSignedWith, startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'

const LONG = { deadlineMs: 20_000, everyMs: 50 }

describe('webhooks', () => {
  const hub = useServer(() => startLightServer({ env: { WEBHOOK_PRIVATE_ADDRESSES: '127.0.0.1' } }))
  let receiver: WebhookReceiver
  beforeAll(async () => {
    receiver = await startWebhookReceiver()
  })
  afterAll(() => receiver.close())

  async function create(path: string, fields: object) {
    const body = { name: path, url: `${receiver.url}${path}`, ...fields }
    const answer = await hub.as().post<{ webhook: Webhook; secret: string }>('/api/webhooks', body)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    return answer.body
  }
  const read = async (id: string) => (await hub.as().get<Webhook>(`/api/webhooks/${id}`)).body
  const deliveriesOf = async (id: string, query = '') =>
    (await hub.as().get<{ deliveries: WebhookDelivery[] }>(`/api/webhooks/${id}/deliveries${query}`)).body.deliveries
  const at = (path: string, type: string) => receiver.of(type).filter((request) => request.path === path)

  it('tells of who comes and goes, and why', async () => {
    const { webhook, secret } = await create('/people', { events: ['connection.opened', 'connection.closed'] })
    const token = await hub.tokenFor({ sub: 'ada', subscribe: ['hooks/**'] })
    const follower = await hub.follow(['hooks/1'], { token })
    const opened = await receiver.waitFor(({ path, event }) => path === '/people' && event.type === 'connection.opened')
    expect(opened.event.data).toMatchObject({
      connectionId: follower.connectionId,
      userId: 'ada',
      transport: 'sse',
      channels: ['hooks/1'],
    })
    expect(isSignedWith(secret, opened)).toBe(true)
    expect((await hub.as().delete(`/api/connections/${follower.connectionId}`)).status).toBe(204)
    const closed = await receiver.waitFor(({ path, event }) => path === '/people' && event.type === 'connection.closed')
    expect(closed.event.data).toMatchObject({ connectionId: follower.connectionId, userId: 'ada', reason: 'kicked' })
    await until(async () => (await deliveriesOf(webhook.id, '?state=delivered')).length === 2, LONG)
    expect(await hub.as().delete(`/api/webhooks/${webhook.id}`)).toMatchObject({ status: 204 })
  })

  it('tells of each message that a pattern chooses, once, in order, and as subscribers get it', async () => {
    await create('/orders', { events: ['message.published'], channels: ['orders/*'] })
    const bodies = Array.from({ length: 40 }, (_, n) => ({
      channel: n % 2 ? 'orders/7' : 'other',
      n,
      text: '"\\u00fc\0',
    }))
    const receipts = await hub.publishAll(bodies)
    const wanted = receipts.filter(({ channel }) => channel === 'orders/7').map(({ id }) => id)
    await until(() => at('/orders', 'message.published').length >= wanted.length, LONG)
    const got = at('/orders', 'message.published').map(({ event }) => event)
    expect(got.map(({ data }) => data['id'])).toEqual(wanted)
    expect(got[0]!.data).toMatchObject({ channel: 'orders/7', type: 'message', n: 1, text: '"\\u00fc\0' })
    expect(got[0]!.timestamp).toBe(got[0]!.data['timestamp'])
  })

  it('tells of rooms that are opened, and ended', async () => {
    await create('/rooms', { events: ['room.started', 'room.ended'] })
    const made = await hub.as().post<{ room: { id: string } }>('/api/video/rooms', { name: 'Stand-up' })
    const roomId = made.body.room.id
    await hub.as().delete(`/api/video/rooms/${roomId}`)
    const ended = await receiver.waitFor(({ event }) => event.type === 'room.ended')
    expect(at('/rooms', 'room.started')[0]?.event.data).toMatchObject({ roomId, name: 'Stand-up' })
    expect(ended.event.data).toMatchObject({ roomId, reason: 'ended' })
  })

  it('sends again, and tests, when an admin says so', async () => {
    const { webhook, secret } = await create('/again', { events: ['message.published'], channels: ['again'] })
    await hub.publish('again', { n: 1 })
    const first = await receiver.waitFor(({ path }) => path === '/again')
    const id = String(first.headers['webhook-id'])
    await until(async () => (await deliveriesOf(webhook.id, '?state=delivered')).length === 1, LONG)
    const again = await hub.as().post<WebhookDelivery>(`/api/webhooks/${webhook.id}/deliveries/${id}/retry`)
    expect(again).toMatchObject({ status: 202, body: { id, state: 'waiting' } })
    await until(() => at('/again', 'message.published').length === 2, LONG)
    expect(at('/again', 'message.published')[1]!.headers['webhook-id']).toBe(id)

    const test = await hub.as().post<WebhookDeliveryDetail>(`/api/webhooks/${webhook.id}/test`)
    expect(test).toMatchObject({ status: 200, body: { event: 'webhook.test', state: 'delivered', lastStatus: 204 } })
    expect(isSignedWith(secret, at('/again', 'webhook.test')[0]!)).toBe(true)
  })

  it('signs with both secrets while one takes the place of another, and shows neither', async () => {
    const { webhook, secret } = await create('/rotated', { events: ['room.started'] })
    const rotated = await hub.as().post<{ secret: string }>(`/api/webhooks/${webhook.id}/rotate`, { overlapHours: 1 })
    expect(rotated.status).toBe(200)
    await hub.as().post(`/api/webhooks/${webhook.id}/test`)
    const request = at('/rotated', 'webhook.test')[0]!
    expect([secret, rotated.body.secret].map((one) => isSignedWith(one, request))).toEqual([true, true])
    await hub.as().post(`/api/webhooks/${webhook.id}/rotate`, { overlapHours: 0 })
    await hub.as().post(`/api/webhooks/${webhook.id}/test`)
    expect(isSignedWith(secret, at('/rotated', 'webhook.test')[1]!)).toBe(false)
    expect(JSON.stringify([await read(webhook.id), (await hub.as().get('/api/webhooks')).body])).not.toMatch(/whsec_/)
  })

  it('turns itself off when the receiver says that it is gone', async () => {
    const { webhook } = await create('/gone', { events: ['message.published'], channels: ['gone'] })
    receiver.answer('/gone', (_request, response) => response.writeHead(410).end())
    await hub.publish('gone')
    const off = await until(async () => {
      const found = await read(webhook.id)
      return found.enabled ? null : found
    }, LONG)
    expect(off.disabledReason).toBe('gone')
    const noted = async () => (await hub.as().get<{ logs: object[] }>('/api/logs?type=webhook_disabled')).body.logs
    await until(async () => (await noted()).length === 1, LONG)
    const [delivery] = await deliveriesOf(webhook.id)
    const path = `/api/webhooks/${webhook.id}/deliveries/${delivery!.id}/retry`
    expect(await hub.as().post(path)).toMatchObject({ status: 409, body: { code: 'conflict' } })
  })

  it('follows no redirect, and reads no more of an answer than its beginning', async () => {
    const { webhook } = await create('/away', { events: ['room.started'] })
    receiver.answer('/away', (_request, response) => {
      response.writeHead(302, { location: '/secret' }).end('x'.repeat(200_000))
    })
    const { body } = await hub.as().post<WebhookDeliveryDetail>(`/api/webhooks/${webhook.id}/test`)
    expect(body).toMatchObject({ state: 'failed', lastStatus: 302, history: [{ error: 'redirected' }] })
    expect(body.history[0]!.response).toHaveLength(4096)
    expect(receiver.received.filter(({ path }) => path === '/secret')).toEqual([])
  })

  it('sends nothing to addresses that are not public, whatever name they go by', async () => {
    for (const url of ['http://10.0.0.1/', 'http://[::1]/', 'http://169.254.169.254/', 'http://0x0a000001/']) {
      const refused = await hub.as().post('/api/webhooks', { name: 'x', url, events: ['room.started'] })
      expect(refused, url).toMatchObject({ status: 400, body: { code: 'invalid', errors: [{ path: 'url' }] } })
    }
  })

  it('is for admins to change, and for viewers to see without what may be secret', async () => {
    const { webhook } = await create('/private?token=t0p', { name: 'private', events: ['room.started'] })
    const user = await hub.tokenFor({ sub: 'eve' })
    expect((await hub.as(user).get('/api/webhooks')).status).toBe(403)
    expect((await hub.as(null).get(`/api/webhooks/${webhook.id}`)).status).toBe(401)
    expect((await hub.as(user).post(`/api/webhooks/${webhook.id}/test`)).status).toBe(403)
    expect((await read(webhook.id)).url).toContain('token=t0p')
    const created = async () => (await hub.as().get<{ logs: object[] }>('/api/logs?type=webhook_created')).body.logs
    const logs = await until(async () => (await created()).length > 0 && (await created()), LONG)
    expect(JSON.stringify(logs)).not.toMatch(/t0p/)
  })

  it('refuses what it cannot do, saying what is allowed', async () => {
    const bad = [
      { name: '', url: receiver.url, events: ['room.started'] },
      { name: 'a', url: 'ftp://example.org', events: ['room.started'] },
      { name: 'a', url: 'https://me:secret@example.org', events: ['room.started'] },
      { name: 'a', url: receiver.url, events: [] },
      { name: 'a', url: receiver.url, events: ['room.exploded'] },
      { name: 'a', url: receiver.url, events: ['room.started'], channels: ['a//b'] },
      { name: 'a', url: receiver.url, events: ['room.started'], secret: 'mine' },
    ]
    for (const body of bad) expect(await hub.as().post('/api/webhooks', body)).toMatchObject({ status: 400 })
    for (const path of ['none', 'none/deliveries', 'none/deliveries/none']) {
      expect((await hub.as().get(`/api/webhooks/${path}`)).status).toBe(404)
    }
    expect((await hub.as().patch('/api/webhooks/none', { enabled: false })).status).toBe(404)
    expect((await hub.as().delete('/api/webhooks/none')).status).toBe(404)
    expect((await hub.as().post('/api/webhooks/none/test')).status).toBe(404)
  })

  // These two wait for something; they do so at the same time.
  it.concurrent('tries again what did not come through, under the same id, and keeps what came of it', async () => {
    const { webhook } = await create('/flaky', { events: ['message.published'], channels: ['flaky'] })
    let failures = 1
    receiver.answer('/flaky', (_request, response) => {
      const fails = failures-- > 0
      response.writeHead(fails ? 503 : 200).end(fails ? 'not now' : 'thanks')
    })
    await hub.publishAll([
      { channel: 'flaky', n: 1 },
      { channel: 'flaky', n: 2 },
    ])
    await until(() => at('/flaky', 'message.published').length === 3, LONG)
    const [first, second, third] = at('/flaky', 'message.published')
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id'])
    expect([first, second, third].map((request) => request!.event.data['n'])).toEqual([1, 1, 2])
    const id = String(first!.headers['webhook-id'])
    const detail = await until(async () => {
      const { body } = await hub.as().get<WebhookDeliveryDetail>(`/api/webhooks/${webhook.id}/deliveries/${id}`)
      return body.state === 'delivered' ? body : null
    }, LONG)
    expect(detail.payload).toBe(first!.body)
    expect(detail.history).toMatchObject([
      { status: 503, error: 'bad_status', response: 'not now' },
      { status: 200, error: null, response: 'thanks' },
    ])
    expect(await read(webhook.id)).toMatchObject({ failingSince: null, pausedUntil: null, lastStatus: 200 })
  })

  it.concurrent('tells of channels that are occupied, and vacated', async () => {
    await create('/channels', { events: ['channel.occupied', 'channel.vacated'], channels: ['seats/**'] })
    const token = hub.server.apiKey
    // Not the suite's own: those are closed when any test ends.
    const open = (channels: string[]) => openEvents(hub.server.url, { channels, token })
    const [one, two] = [await open(['seats/1']), await open(['seats/1', 'news'])]
    const occupied = await receiver.waitFor(({ event }) => event.type === 'channel.occupied')
    expect(occupied.event.data).toEqual({ channel: 'seats/1' })
    one.close()
    two.close()
    await receiver.waitFor(({ event }) => event.type === 'channel.vacated')
    expect(at('/channels', 'channel.occupied').concat(at('/channels', 'channel.vacated'))).toHaveLength(2)
  })
})
