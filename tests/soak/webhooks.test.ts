import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, inject, it } from 'vitest'
import type { Receipt } from '../../shared/api.ts'
import type { Webhook } from '../../shared/webhooks.ts'
import { api } from '../support/api.ts'
import { createDatabase } from '../support/postgres.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { openEvents } from '../support/sse.ts'
import { until } from '../support/until.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'

const SHARED = {
  WEBHOOK_PRIVATE_ADDRESSES: '127.0.0.1',
  API_KEY: 'yk_soak_webhooks',
  JWT_SECRET: 'a secret that all nodes share, for webhooks',
}
/** A killed node's webhooks are taken up when its lease is over. */
const LONG = { deadlineMs: 120_000, everyMs: 100 }
const MESSAGES = 300
/** Between two messages, so that they do not run away from the receiver while a server is down. */
const PACE_MS = 10

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

async function receiverOf(): Promise<WebhookReceiver> {
  const receiver = await startWebhookReceiver()
  closers.push(() => receiver.close())
  return receiver
}

async function node(databaseUrl?: string): Promise<TestServer> {
  const server = await startServer({ env: SHARED, ...(databaseUrl !== undefined && { databaseUrl }) })
  closers.push(() => server.stop())
  return server
}

async function create(server: TestServer, url: string, fields: object): Promise<Webhook> {
  const answer = await api(server).post<{ webhook: Webhook }>('/api/webhooks', { name: url, url, ...fields })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.webhook
}

/** Publishes until `isOver`, and returns the ids that were answered 200. */
async function publishWhile(servers: readonly TestServer[], isOver: () => boolean): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; !isOver(); n++) {
    const server = servers[n % servers.length]!
    const answer = await api(server)
      .post<Receipt>('/api/broadcast', { channel: `soak/${n % 3}`, n })
      .catch(() => null)
    if (answer?.status === 200) ids.push(answer.body.id!)
    await delay(PACE_MS)
  }
  return ids
}

const idsOf = (receiver: WebhookReceiver) =>
  receiver.of('message.published').map(({ event }) => String(event.data['id']))
const offsetOf = (id: string) => Number(id.split('.')[1])

describe('webhooks', () => {
  it.each(['the embedded database', 'PostgreSQL'])(
    'lose no message when the server is killed again and again over %s',
    async (kind) => {
      const server = await node(kind === 'PostgreSQL' ? await createDatabase(inject('postgresUrl')!) : undefined)
      const receiver = await receiverOf()
      await create(server, `${receiver.url}/soak`, { events: ['message.published'], channels: ['soak/*'] })
      let isOver = false
      const publishing = publishWhile([server], () => isOver)
      for (let kill = 0; kill < 3; kill++) {
        const before = idsOf(receiver).length
        await until(() => idsOf(receiver).length > before + 20, { ...LONG, what: `deliveries before kill ${kill}` })
        await server.restart({ signal: 'SIGKILL' })
      }
      isOver = true
      const published = await publishing
      expect(published.length).toBeGreaterThan(60)
      const isComplete = () => {
        const arrived = new Set(idsOf(receiver))
        return published.every((id) => arrived.has(id))
      }
      await until(isComplete, { ...LONG, what: 'every message has arrived' })
      const firsts = [...new Set(idsOf(receiver))].map(offsetOf)
      expect(firsts).toEqual(firsts.toSorted((a, b) => a - b))
    },
  )

  it('are told of everything once by two nodes, and by the one that is left when the other dies', async () => {
    const databaseUrl = await createDatabase(inject('postgresUrl')!)
    const nodes = [await node(databaseUrl), await node(databaseUrl)] as const
    const receiver = await receiverOf()
    await create(nodes[0], `${receiver.url}/all`, {
      events: ['message.published', 'channel.occupied', 'channel.vacated', 'connection.closed'],
      channels: ['soak/*', 'seats'],
    })
    const streams = []
    for (const server of nodes) {
      const stream = await openEvents(server.url, { channels: ['seats'], token: SHARED.API_KEY })
      await stream.waitFor(({ body }) => body.type === 'connected')
      streams.push(stream)
      closers.push(() => Promise.resolve(stream.close()))
    }
    let left = MESSAGES
    const published = await publishWhile(nodes, () => left-- === 0)
    expect(published).toHaveLength(MESSAGES)
    await until(() => idsOf(receiver).length >= MESSAGES, { ...LONG, what: 'every message has arrived' })
    await until(() => receiver.of('channel.occupied').length === 1, LONG)
    expect(idsOf(receiver).toSorted((a, b) => offsetOf(a) - offsetOf(b))).toEqual(
      published.toSorted((a, b) => offsetOf(a) - offsetOf(b)),
    )
    expect(idsOf(receiver)).toEqual(idsOf(receiver).toSorted((a, b) => offsetOf(a) - offsetOf(b)))

    streams[0]!.close()
    await until(() => receiver.of('connection.closed').length === 1, LONG)
    expect(receiver.of('channel.vacated')).toEqual([])
    nodes[1].kill('SIGKILL')
    const lost = await until(() => receiver.of('connection.closed')[1], { ...LONG, what: 'the lost connection' })
    expect(lost.event.data).toMatchObject({ reason: 'lost', channels: ['seats'] })
    await until(() => receiver.of('channel.vacated').length === 1, LONG)

    left = 20
    const later = await publishWhile([nodes[0]], () => left-- === 0)
    await until(() => later.every((id) => idsOf(receiver).includes(id)), { ...LONG, what: 'what came after' })
    expect(receiver.of('channel.occupied')).toHaveLength(1)
  })
})
