import { describe, expect, it } from 'vitest'
import { SETTINGS } from '../../shared/settings.ts'
import { DATABASES, isMissing, startServerOver } from '../support/databases.ts'
import { until } from '../support/until.ts'
import { idsOf, offsetOf, useServer } from '../support/use-server.ts'

describe.each(DATABASES)('over %s', (database) => {
  describe.skipIf(isMissing(database))('a stream', () => {
    const use = useServer(() => startServerOver(database))

    it('has the headers of an event stream that nothing may buffer or change', async () => {
      const { status, headers } = await use.follow(['broadcast'])
      expect(status).toBe(200)
      expect(headers['content-type']).toBe('text/event-stream; charset=utf-8')
      expect(headers['cache-control']).toBe('no-cache, no-transform')
      expect(headers['x-accel-buffering']).toBe('no')
      expect(headers['content-length']).toBeUndefined()
      expect(headers['content-encoding']).toBeUndefined()
    })

    it('begins with a frame that names the connection, its channels and its position', async () => {
      const { id } = await use.publish('public/first')
      const stream = await use.open()
      const first = await stream.waitFor(() => true)
      expect(JSON.parse(first.data)).toEqual({
        type: 'connected',
        connectionId: expect.stringMatching(/^[\w-]{21}$/),
        channels: ['broadcast'],
        resume: { status: 'none' },
      })
      expect(first.lastEventId).toBe(id)
      expect(first.type).toBe('message')
    })

    it('tells each client its own time to wait before it comes again', async () => {
      const streams = await Promise.all(Array.from({ length: 12 }, () => use.follow(['broadcast'])))
      const times = streams.map(({ retryMs }) => retryMs ?? 0)
      for (const retryMs of times) {
        expect(retryMs).toBeGreaterThanOrEqual(1000)
        expect(retryMs).toBeLessThanOrEqual(3000)
      }
      expect(new Set(times).size).toBeGreaterThan(3)
    })

    it('brings a message as it was answered, in a frame of that id', async () => {
      const stream = await use.follow(['broadcast'])
      const receipt = await use.publish('broadcast', { type: 'order_paid', total: 49 })
      const { body, lastEventId } = await stream.waitFor((frame) => frame.body.type === 'order_paid')
      const { id, channel, timestamp } = receipt
      expect(body).toEqual({ id, channel, timestamp, type: 'order_paid', total: 49 })
      expect(lastEventId).toBe(id)
      expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      expect(Math.abs(Date.parse(timestamp) - Date.now())).toBeLessThan(60_000)
    })

    it('brings what its names and patterns match, once, and nothing else', async () => {
      const stream = await use.follow(['public/a', 'public/a', 'public/*/x', 'public/deep/**', 'public/deep/*'])
      expect(stream.connected.channels).toEqual(['public/a', 'public/*/x', 'public/deep/**', 'public/deep/*'])
      const wanted = ['public/a', 'public/1/x', 'public/deep/1', 'public/deep/1/2']
      const others = ['public/b', 'public/a/b', 'public/1/y', 'public/1/2/x', 'public/deep', 'broadcast']
      await use.publishAll([...others, ...wanted].map((channel) => ({ channel })))
      await use.publish('public/a', { type: 'last' })
      await stream.waitFor((frame) => frame.body.type === 'last')
      const messages = stream.frames.filter((frame) => frame.body.type === 'message')
      expect(messages.map((frame) => frame.body.channel)).toEqual(wanted)
    })

    it('brings everything in log order, over all its channels, when many publish at once', async () => {
      const stream = await use.follow(['public/order/*', 'public/order/3'])
      const sendAll = async (publisher: number) => {
        for (let n = 0; n < 25; n++) await use.publish(`public/order/${(publisher + n) % 5}`, { publisher, n })
      }
      await Promise.all(Array.from({ length: 8 }, (_, publisher) => sendAll(publisher)))
      await until(() => idsOf(stream).length >= 200, { what: 'all have come' })
      const offsets = idsOf(stream).map(offsetOf)
      expect(offsets).toEqual([...offsets].sort((a, b) => a - b))
      expect(new Set(offsets).size).toBe(200)
      for (let publisher = 0; publisher < 8; publisher++) {
        const own = stream.frames.filter(({ body }) => body.publisher === publisher)
        expect(own.map(({ body }) => body.n)).toEqual(Array.from({ length: 25 }, (_, n) => n))
      }
    })

    it('gets a heartbeat that moves its position past others’ traffic, at a pace that is changed while it is open', async () => {
      const stream = await use.follow(['public/quiet'])
      const { id } = await use.publish('public/busy')
      expect(stream.lastEventId).not.toBe(id)
      await use.set('heartbeat_interval', 1)
      await until(() => stream.lastEventId === id, { what: 'the position has moved' })
      expect(stream.comments.length).toBeGreaterThan(0)
      await until(() => stream.comments.length >= 3, { what: 'it goes on' })
      expect(stream.frames.map(({ body }) => body.type)).toEqual(['connected'])
      await use.set('heartbeat_interval', SETTINGS.heartbeat_interval.default)
    })

    it('is refused with 503 while as many are open as may be, and let in when one has gone', async () => {
      await until(async () => (await use.as().get('/api/connections')).body.total === 0, { what: 'all have gone' })
      await use.set('max_connections', 1)
      const first = await use.follow(['broadcast'])
      const refused = await use.open()
      expect(refused.status).toBe(503)
      expect(JSON.parse(refused.text)).toMatchObject({ code: 'too_many_connections', status: 503 })
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
      first.close()
      await until(async () => (await use.open()).status === 200, { what: 'there is room again' })
    })

    it('is refused before it begins when a channel is none, is not allowed, or too many are asked for', async () => {
      const token = await use.tokenFor({ sub: 'ada', subscribe: ['orders/*'] })
      const refusal = async (channels: string[], options = {}) => {
        const stream = await use.open({ channels, ...options })
        expect(stream.headers['content-type']).toMatch(/^application\/problem\+json/)
        return { ...(JSON.parse(stream.text) as { status: number; code: string; detail: string }) }
      }
      for (const bad of ['a//b', '/a', 'a/', 'ü', 'a b', '**/a', 'a*', 'x'.repeat(201), '']) {
        expect(await refusal(['broadcast', bad]), bad).toMatchObject({ status: 400, code: 'invalid_channel' })
      }
      expect(await refusal(Array.from({ length: 129 }, (_, i) => `public/${i}`))).toMatchObject({ status: 400 })
      const unclear = await fetch(`${use.server.url}/api/events?presence=maybe`)
      expect(await unclear.json()).toMatchObject({ status: 400, code: 'invalid' })
      const forbidden = await refusal(['orders/7', 'secret/1'], { token })
      expect(forbidden).toMatchObject({ status: 403, code: 'forbidden_channel' })
      expect(forbidden.detail).toContain('secret/1')
      const nobody = await refusal(['broadcast', 'orders/7'])
      expect(nobody).toMatchObject({ status: 401, code: 'unauthorized' })
      expect(nobody.detail).toContain('orders/7')
      expect(await refusal(['broadcast'], { token: 'nonsense' })).toMatchObject({ status: 401, code: 'invalid_token' })
      expect(await refusal(['broadcast'], { query: { token: '' } })).toMatchObject({ status: 401 })
    })
  })
})
