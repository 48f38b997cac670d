import { describe, expect, it } from 'vitest'
import { openRaw } from '../support/raw.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'
import { joinSocket, messageIds, openSocket } from '../support/ws.ts'

const use = useServer()
const asKey = (path = '/ws') => joinSocket(use.server, `${path}?token=${use.server.apiKey}`)

describe('subscribing', () => {
  it('adds and removes channels of the open connection', async () => {
    const client = await joinSocket(use.server, '/ws/public/a')
    expect(await client.ask({ type: 'subscribe', channel: 'public/b' })).toMatchObject({
      type: 'subscribed',
      channel: 'public/b',
      resume: { status: 'none' },
    })
    expect(await client.ask({ type: 'channels' })).toMatchObject({ channels: ['public/a', 'public/b'] })
    const { id } = await use.publish('public/b')
    await client.waitFor({ id })
    expect(await client.ask({ type: 'unsubscribe', channel: 'public/b' })).toMatchObject({ type: 'unsubscribed' })
    expect((await use.publish('public/b')).recipients).toBe(0)
  })

  it('brings what was missed of that channel, without gap or repeat, while others publish', async () => {
    const client = await joinSocket(use.server, '/ws/public/other')
    const first = await use.publish('public/past')
    const expected: string[] = []
    const publishMore = async (count: number) => {
      for (let i = 0; i < count; i++) {
        const batch = Array.from({ length: 20 }, () => ({ channel: 'public/past', text: 'x'.repeat(500) }))
        for (const { id } of await use.publishAll(batch)) expected.push(id)
      }
    }
    await publishMore(40)
    const publishing = publishMore(40)
    client.send({ type: 'subscribe', channel: 'public/past', lastEventId: first.id, ackId: 1 })
    await publishing
    const last = await use.publish('public/past')
    await client.waitFor({ id: last.id })
    expect(await client.waitFor({ type: 'subscribed' })).toMatchObject({ ackId: 1, resume: { status: 'complete' } })
    expect(messageIds(client)).toEqual([...expected, last.id])
    expect(client.frames.findIndex(({ type }) => type === 'subscribed')).toBeLessThan(
      client.frames.findIndex(({ id }) => id === expected[0]),
    )
    expect((await use.as().get(`/api/connections/${client.connectionId}`)).body.channels).toContain('public/past')
  })

  it('tells of a gap when the position is of another log', async () => {
    const client = await joinSocket(use.server)
    const answer = await client.ask({ type: 'subscribe', channel: 'public/gap', lastEventId: 'zzz.5' })
    expect(answer).toMatchObject({ type: 'subscribed', resume: { status: 'gap', reason: 'epoch' } })
  })

  it('is refused beyond what the caller may, and beyond the limit', async () => {
    const token = await use.tokenFor({ sub: 'ada', subscribe: ['orders/*'] })
    const client = await joinSocket(use.server, `/ws/orders/1?token=${token}`)
    for (const channel of ['secret', '**', 'admin/stats', 'user/bob', 'orders/**']) {
      const answer = await client.ask({ type: 'subscribe', channel })
      expect(answer, channel).toMatchObject({ type: 'error', code: 'forbidden_channel' })
      const lists = await Promise.all(['presence', 'history'].map((type) => client.ask({ type, channel })))
      for (const { type } of lists) expect(type, channel).toBe('error')
    }
    await use.set('max_channels_per_connection', 1)
    expect(await client.ask({ type: 'subscribe', channel: 'orders/2' })).toMatchObject({ code: 'invalid' })
    expect(await client.ask({ type: 'subscribe', channel: 'orders/1' })).toMatchObject({ type: 'subscribed' })
  })
})

describe('publishing', () => {
  it('acknowledges with the id once durable, and keeps the order of one client', async () => {
    await use.set('client_rate_limit', 1000)
    const publisher = await asKey('/ws/public/talk')
    const count = 500
    for (let n = 0; n < count; n++) {
      publisher.send({ type: 'publish', channel: 'public/talk', message: { n }, ackId: n })
    }
    await publisher.waitFor({ type: 'ack', ackId: count - 1 }, 10_000)
    await until(() => messageIds(publisher).length === count)
    const got = publisher.frames.filter(({ timestamp, type }) => timestamp && type !== 'ack')
    expect(got.map(({ n }) => n)).toEqual(Array.from({ length: count }, (_, n) => n))
    const acked = publisher.frames.filter(({ type }) => type === 'ack')
    expect(new Set(acked.map(({ id }) => id))).toEqual(new Set(got.map(({ id }) => id)))
    await use.server.restart({ signal: 'SIGKILL' })
    const { body } = await use.as().get<{ items: object[] }>('/api/channels/public%2Ftalk/messages?limit=500')
    expect(body.items).toHaveLength(count)
  })

  it('keeps every digit of a number', async () => {
    const client = await asKey()
    client.send('{"type":"publish","channel":"public/digits","message":{"n":[12345678901234567890]},"ackId":1}')
    const { id } = await client.waitFor({ type: 'ack', ackId: 1 })
    const answer = await use.as().get(`/api/messages/export?channel=public/digits`)
    expect(answer.body).toContain(`"id":"${String(id)}"`)
    expect(answer.body).toContain('"n":[12345678901234567890]}')
  })

  it('takes longer messages over an open connection when the limit is raised', async () => {
    const publisher = await asKey('/ws/public/longer')
    const publish = { type: 'publish', channel: 'public/longer', message: { text: 'x'.repeat(100_000) } }
    await use.set('message_max_bytes', 200_000)
    expect(await publisher.ask(publish)).toMatchObject({ type: 'ack' })
    await use.set('message_max_bytes', 65_536)
    publisher.send(publish)
    expect(await publisher.closed).toMatchObject({ code: 1009 })
  })

  it('sends no echo and keeps nothing when it is told so, and sets the server’s own fields', async () => {
    const token = await use.tokenFor({ sub: 'ada', publish: ['public/*'] })
    const ada = await joinSocket(use.server, `/ws/public/echo?token=${token}`)
    const other = await joinSocket(use.server, '/ws/public/echo')
    const message = { id: 'x', from: 'eve', channel: 'public/elsewhere', timestamp: 'never', type: 'hi' }
    const ack = await ada.ask({ type: 'publish', channel: 'public/echo', message, echo: false })
    expect(ack).toMatchObject({ type: 'ack', channel: 'public/echo', recipients: 1 })
    expect(await other.waitFor({ type: 'hi' })).toMatchObject({ id: ack.id, from: 'ada', channel: 'public/echo' })
    const fleeting = await ada.ask({ type: 'publish', channel: 'public/echo', message: { n: 2 }, ephemeral: true })
    expect(fleeting).not.toHaveProperty('id')
    await ada.waitFor({ n: 2 })
    expect(ada.frames.some(({ type }) => type === 'hi')).toBe(false)
    // What was not sent to it moves its position all the same.
    expect(ada.frames.some(({ type, id }) => type === 'pong' && id === ack.id)).toBe(true)
  })

  it('is refused by the rules of any publish, with the code, and the connection stays', async () => {
    const anonymous = await joinSocket(use.server)
    expect(await anonymous.ask({ type: 'publish', channel: 'broadcast', message: {} })).toMatchObject({
      code: 'unauthorized',
    })
    const client = await asKey()
    for (const [frame, code] of [
      [{ channel: 'broadcast', message: { type: 'ack' } }, 'reserved_type'],
      [{ channel: 'a//b', message: {} }, 'invalid_channel'],
      [{ channel: 'admin/x', message: {} }, 'forbidden_channel'],
      [{ channel: 'broadcast', message: [{}] }, 'invalid'],
      [{ channel: 'broadcast' }, 'invalid'],
      [{ channel: 'broadcast', message: { text: 'x'.repeat(66_000) } }, 'too_large'],
    ] as const) {
      const answer = await client.ask({ type: 'publish', ...frame })
      expect(answer, JSON.stringify(frame).slice(0, 80)).toMatchObject({ type: 'error', code })
    }
    await use.set('publish_rate_limit', 1)
    const message = { channel: 'broadcast', message: {} }
    expect(await client.ask({ type: 'publish', ...message })).toMatchObject({ type: 'ack' })
    expect(await client.ask({ type: 'publish', ...message })).toMatchObject({ code: 'rate_limited' })
  })
})

describe('history', () => {
  it('comes in pages, newest first or from a position on', async () => {
    const channel = 'public/pages'
    const ids = (await use.publishAll(Array.from({ length: 7 }, (_, n) => ({ channel, n })))).map(({ id }) => id)
    const client = await joinSocket(use.server)
    const idsIn = (answer: object) => (answer as { messages: { id: string }[] }).messages.map(({ id }) => id)
    const newest = await client.ask({ type: 'history', channel, limit: 3 })
    expect(newest).toMatchObject({ type: 'history', channel, nextCursor: ids[4] })
    expect(idsIn(newest)).toEqual([ids[6], ids[5], ids[4]])
    const rest = await client.ask({ type: 'history', channel, before: newest['nextCursor'] })
    expect(idsIn(rest)).toEqual([ids[3], ids[2], ids[1], ids[0]])
    expect(rest['nextCursor']).toBeNull()
    expect(idsIn(await client.ask({ type: 'history', channel, after: ids[4] }))).toEqual([ids[5], ids[6]])
    expect(await client.ask({ type: 'history', channel, after: 'x' })).toMatchObject({ code: 'invalid' })
  })

  it('cuts a page short that would be too long for one frame', async () => {
    const channel = 'public/long'
    await use.publishAll(Array.from({ length: 10 }, () => ({ channel, text: 'x'.repeat(60_000) })))
    const client = await joinSocket(use.server)
    let [count, before, pages]: [number, unknown, number] = [0, undefined, 0]
    do {
      const page = await client.ask({ type: 'history', channel, ...(before !== undefined && { before }) })
      count += (page['messages'] as object[]).length
      before = page['nextCursor']
      pages++
    } while (before !== null)
    expect({ count, several: pages > 1 }).toEqual({ count: 10, several: true })
  })
})

describe('bad frames', () => {
  it('are answered with an error, and the connection stays', async () => {
    const client = await joinSocket(use.server)
    for (const [text, code] of [
      ['{', 'malformed_json'],
      ['1', 'invalid'],
      ['[]', 'invalid'],
      ['null', 'invalid'],
      ['{}', 'invalid'],
      ['{"type":"shout"}', 'invalid'],
      ['{"type":"subscribe"}', 'invalid'],
      ['{"type":"subscribe","channel":"a b"}', 'invalid_channel'],
      ['{"type":"history","channel":"a","limit":0}', 'invalid'],
    ] as const) {
      const before = client.frames.length
      client.send(text)
      await until(() => client.frames.length > before)
      expect(client.frames.at(-1), text).toMatchObject({ type: 'error', code, message: expect.any(String) })
    }
    expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' })
    expect(await client.ask({ type: 'shout' })).toMatchObject({ type: 'error', code: 'invalid' })
    expect(await client.ask({ type: 'publish', channel: 'a' })).toMatchObject({
      code: 'invalid',
      message: 'message: is missing; it is a JSON object',
    })
  })

  it('close the connection when they are binary, too large or broken, and cost nobody else anything', async () => {
    const control = await joinSocket(use.server, '/ws/public/control')
    const published: string[] = []
    const publishOne = async () => void published.push((await use.publish('public/control')).id)
    const binary = await joinSocket(use.server)
    binary.ws.send(Buffer.from('{"type":"ping"}'), { binary: true })
    expect(await binary.closed).toMatchObject({ code: 1003 })
    await publishOne()
    const large = await joinSocket(use.server)
    large.send({ type: 'ping', text: 'x'.repeat(80_000) })
    expect(await large.closed).toMatchObject({ code: 1009 })
    await publishOne()

    const head = [
      'GET /ws HTTP/1.1',
      'Host: localhost',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ]
    for (const bytes of BROKEN) {
      const raw = openRaw(use.server, `${head.join('\r\n')}\r\n\r\n`)
      await raw.waitFor((text) => text.includes('connected'), 'it is greeted')
      raw.send(Buffer.from(bytes))
      await publishOne()
      raw.send(Buffer.from(bytes))
      const text = await raw.ended
      expect(text.split('\r\n')[0]).toBe('HTTP/1.1 101 Switching Protocols')
      // The last frame is a close frame.
      expect(text, JSON.stringify(bytes)).toContain('\x88')
    }
    await control.waitFor({ id: published.at(-1)! })
    expect(messageIds(control)).toEqual(published)
    await until(async () => (await use.as().get('/api/connections')).body.total === 1)
  })

  it('are refused above the rate, and end the connection when they go on', async () => {
    await use.set('client_rate_limit', 5)
    const client = await openSocket(use.server)
    for (let i = 0; i < 20; i++) client.send({ type: 'ping', ackId: i })
    await client.waitFor({ type: 'error', ackId: 19, code: 'rate_limited' })
    expect(client.frames.filter(({ type }) => type === 'pong').length).toBeGreaterThanOrEqual(10)
    expect((await use.as().get(`/api/connections/${client.connectionId}`)).status).toBe(200)
    for (let i = 0; i < 100; i++) client.send({ type: 'ping' })
    expect(await client.closed).toMatchObject({ code: 1008, reason: expect.stringContaining('rate_limited') })
  })
})

/** A mask of zeros leaves the payload as it is. */
const MASK = [0, 0, 0, 0]
/** Frames that RFC 6455 forbids. */
const BROKEN: number[][] = [
  [0x81, 0x02, 0x7b, 0x7d], // not masked
  [0xc1, 0x80, ...MASK], // RSV1 without an extension
  [0xa1, 0x80, ...MASK], // RSV2
  [0x91, 0x80, ...MASK], // RSV3
  [0x83, 0x80, ...MASK], // opcodes that mean nothing
  [0x8b, 0x80, ...MASK],
  [0x80, 0x80, ...MASK], // goes on with nothing
  [0x09, 0x80, ...MASK], // a control frame in pieces
  [0x89, 0xfe, 0x00, 0x7e, ...MASK], // a ping that is too long
  [0x81, 0x82, ...MASK, 0xc3, 0x28], // no UTF-8
  [0x88, 0x81, ...MASK, 0x03], // a close code of one byte
  [0x88, 0x82, ...MASK, 0x03, 0xed], // a code that is never sent
  [0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, ...MASK], // a length beyond all numbers
  [0x81, 0xff, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, ...MASK], // four gigabytes
  [0x01, 0x80, ...MASK, 0x81, 0x80, ...MASK], // a new message in the middle of another
]
