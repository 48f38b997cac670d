import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { type Client, type ClientOptions, createClient, type Environment } from '../../client/src/realtime/index.ts'
import { openGate } from '../support/tcp-gate.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'

const use = useServer()
const DEADLINE = { deadlineMs: 15_000 }

/** Node 20 has no WebSocket of its own; this one is the same to whoever uses it. */
const environment = { WebSocket: WebSocket as unknown as Environment['WebSocket'] }

function start(options: ClientOptions = {}): Client {
  const client = createClient({ url: use.server.url, environment, ...options })
  onTestFinished(() => client.close())
  return client
}

const isLive = (client: Client) => until(() => client.state.status === 'live', { ...DEADLINE, what: 'it is live' })

/** Keeps the ids of what comes on a channel. */
function listen(client: Client, channel: string): string[] {
  const ids: string[] = []
  client.channel(channel).on('*', ({ id }) => ids.push(id!))
  return ids
}

const lastOf = (ids: string[], id: string) => until(() => ids.at(-1) === id, { ...DEADLINE, what: `the last is ${id}` })

describe.each(['sse', 'ws'] as const)('a client in Node over %s', (transport) => {
  it('brings what was missed once when it is cut', async () => {
    const gate = await openGate(use.server.port)
    onTestFinished(() => gate.close())
    const client = start({ transport, url: `http://localhost:${gate.port}` })
    const ids = listen(client, `public/${transport}/cut`)
    await isLive(client)
    const sent = [(await use.publish(`public/${transport}/cut`)).id]
    await lastOf(ids, sent[0]!)
    const { connectionId } = client.state as { connectionId: string }
    gate.shut('everything')
    sent.push((await use.publish(`public/${transport}/cut`)).id)
    gate.cut()
    sent.push((await use.publish(`public/${transport}/cut`)).id)
    gate.open()
    await lastOf(ids, sent[2]!)
    expect(ids).toEqual(sent)
    expect(client.state).not.toMatchObject({ connectionId })
  })

  it('follows channels from the moment on when they are listened to while it is open', async () => {
    const client = start({ transport, channels: ['public/first'] })
    await isLive(client)
    await use.publish('public/late')
    const ids = listen(client, 'public/late')
    const { connectionId } = client.state as { connectionId: string }
    const channels = async () => (await use.as().get(`/api/connections/${connectionId}`)).body.channels
    await until(async () => ((await channels()) as string[]).includes('public/late'), DEADLINE)
    const { id } = await use.publish('public/late')
    await lastOf(ids, id)
    expect(ids).toEqual([id])
  })

  it('publishes in order, reads history, and tells who comes', async () => {
    const channel = `chat/${transport}`
    const token = await use.tokenFor({ sub: 'ada', subscribe: ['chat/*'], publish: ['chat/*'] })
    const client = start({ transport, token })
    const ids = listen(client, channel)
    const changes: string[] = []
    client.channel(channel).onPresence(({ type, member }) => changes.push(`${type} ${member.userId}`))
    await isLive(client)
    const receipts = await Promise.all([1, 2, 3].map((n) => client.channel(channel).publish({ n })))
    await lastOf(ids, receipts[2]!.id!)
    expect(ids).toEqual(receipts.map(({ id }) => id))
    const { messages, nextCursor } = await client.channel(channel).history({ limit: 2 })
    expect(messages.map(({ n }) => n)).toEqual([3, 2])
    expect(nextCursor).toBe(messages[1]!.id)
    const bob = await use.tokenFor({ sub: 'bob', subscribe: ['chat/*'] })
    await use.follow([channel], { token: bob })
    await until(() => changes.includes('join bob'), DEADLINE)
    const members = await client.channel(channel).presence()
    expect(members.map(({ userId }) => userId)).toEqual(['ada', 'bob'])
  })

  it('leaves itself out of what it publishes without an echo, and says why it may not publish', async () => {
    const channel = `quiet/${transport}`
    const token = await use.tokenFor({ sub: 'ada', subscribe: ['quiet/*'], publish: ['quiet/*'] })
    const client = start({ transport, token })
    const ids = listen(client, channel)
    await isLive(client)
    await client.channel(channel).publish({ n: 1 }, { echo: false })
    const { id } = await client.channel(channel).publish({ n: 2 })
    await lastOf(ids, id!)
    expect(ids).toEqual([id])
    await expect(client.channel('secret').publish({ n: 3 })).rejects.toMatchObject({ code: 'forbidden_channel' })
  })

  it.each([
    [1, 'connects anew with a fresh token, and misses nothing, when the old one has expired'],
    [3, 'hands a fresh token in, and stays connected, before the old one expires'],
  ])('with a token for %i s, it %s', async (expiresIn) => {
    const channel = `orders/${transport}/${expiresIn}`
    let asked = 0
    const getToken = () => {
      asked++
      return use.tokenFor({ sub: 'ada', subscribe: ['orders/**'], expiresIn: asked === 1 ? expiresIn : 600 })
    }
    const client = start({ transport, getToken })
    const ids = listen(client, channel)
    await isLive(client)
    const { since } = client.state as { since: number }
    const sent: string[] = []
    const publishUntil = (condition: () => boolean) =>
      until(async () => sent.push((await use.publish(channel)).id) && condition(), { ...DEADLINE, everyMs: 50 })
    await publishUntil(
      () => asked > 1 && client.state.status === 'live' && Date.now() - since > expiresIn * 1000 + 1500,
    )
    await lastOf(ids, sent.at(-1)!)
    expect(ids).toEqual(sent)
    const { since: sinceThen } = client.state as { since: number }
    expect(sinceThen === since).toBe(expiresIn === 3)
  })

  it('stops with the reason when it is kicked, and when it may not follow a channel', async () => {
    const client = start({ transport, channels: ['public/kick'] })
    await isLive(client)
    const { connectionId } = client.state as { connectionId: string }
    await use.as().delete(`/api/connections/${connectionId}`)
    await until(() => client.state.status === 'stopped', DEADLINE)
    expect(client.state).toEqual({ status: 'stopped', reason: 'kicked' })
    const other = start({ transport, channels: ['secret'] })
    await until(() => other.state.status === 'stopped', DEADLINE)
    expect(other.state).toEqual({ status: 'stopped', reason: 'unauthorized' })
  })
})

it('publishes once what it could not be told of when the connection was cut before the answer', async () => {
  const gate = await openGate(use.server.port)
  onTestFinished(() => gate.close())
  const token = await use.tokenFor({ sub: 'ada', subscribe: ['doubt'], publish: ['doubt'] })
  const client = start({ transport: 'ws', token, url: `http://localhost:${gate.port}` })
  const ids = listen(client, 'doubt')
  await isLive(client)
  gate.shut('answers')
  const receipt = client.channel('doubt').publish({ n: 1 })
  const stored = async () => (await use.as().get('/api/channels/doubt/messages')).body.items as { id: string }[]
  await until(async () => (await stored()).length === 1, DEADLINE)
  gate.cut()
  gate.open()
  const { id } = await receipt
  await lastOf(ids, id!)
  expect((await stored()).map((message) => message.id)).toEqual([id])
  expect(ids).toEqual([id])
})
