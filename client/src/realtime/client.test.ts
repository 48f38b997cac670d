import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type ClientOptions, createClient } from './client.ts'
import { type FakeHub, playHub, settle, startClient } from '../../../tests/support/fake-hub.ts'
import type { State } from './state.ts'

let hub: FakeHub
beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  hub = playHub()
})
afterEach(() => vi.useRealTimers())

const start = (options?: ClientOptions) => startClient(hub, options)

/** Cuts every attempt until the client stops retrying. */
async function failAll(client: { state: State }) {
  for (let i = 0; i < 20 && client.state.status !== 'stopped'; i++) {
    hub.newest.cut()
    await vi.advanceTimersByTimeAsync(30_000)
  }
}

it('is live with its connection id when the server greets it', async () => {
  const { client, states } = await start()
  await hub.newest.greet()
  expect(states).toEqual([{ status: 'connecting' }, { status: 'live', since: 0, connectionId: 'c1', transport: 'sse' }])
  expect(client.state.status).toBe('live')
})

it('hands messages over in order and hides the server’s own frames when live', async () => {
  const { messages } = await start()
  await hub.newest.greet()
  await hub.newest.send({ type: 'a', channel: 'broadcast', id: 'e1.11' })
  await hub.newest.send({ type: 'b', channel: 'broadcast', id: 'e1.12' })
  expect(messages).toMatchObject([{ type: 'a' }, { type: 'b' }])
})

it('brings each message once when it comes again', async () => {
  const { messages } = await start()
  await hub.newest.greet()
  await hub.newest.send({ type: 'a', channel: 'broadcast', id: 'e1.11' })
  hub.newest.cut()
  await vi.advanceTimersByTimeAsync(500)
  await hub.newest.greet({ status: 'complete' }, 'e1.11')
  for (const n of [10, 11, 12]) await hub.newest.send({ type: `m${n}`, channel: 'broadcast', id: `e1.${n}` })
  expect(messages).toMatchObject([{ type: 'a' }, { type: 'm12' }])
})

it('begins anew when the log was replaced', async () => {
  const { messages, gaps } = await start()
  await hub.newest.greet()
  await hub.newest.send({ type: 'a', channel: 'broadcast', id: 'e1.900' })
  hub.newest.cut()
  await vi.advanceTimersByTimeAsync(500)
  const gap = { status: 'gap', reason: 'epoch', from: 'e1.900', to: 'e2.0' }
  await hub.newest.greet(gap, 'e2.0')
  await hub.newest.send({ type: 'b', channel: 'broadcast', id: 'e2.1' })
  expect(gaps).toEqual([gap])
  expect(messages).toMatchObject([{ type: 'a' }, { type: 'b' }])
})

it('resumes after the last id it was given when it reconnects', async () => {
  await start()
  await hub.newest.greet()
  await hub.newest.send({ type: 'a', channel: 'broadcast', id: 'e1.11' })
  await hub.newest.write(':\nid: e1.25\n\n') // a heartbeat moves the position on
  hub.newest.cut()
  expect(hub.streams).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(500)
  expect(hub.streams).toHaveLength(2)
  expect(hub.newest.url.searchParams.get('lastEventId')).toBe('e1.25')
})

it('goes on when a listener throws', async () => {
  vi.stubGlobal('queueMicrotask', () => {})
  const { client, messages } = await start()
  client.channel('broadcast').on('a', () => {
    throw new Error('of the app')
  })
  await hub.newest.greet()
  await hub.newest.send({ type: 'a', channel: 'broadcast', id: 'e1.11' })
  await hub.newest.send({ type: 'b', channel: 'broadcast', id: 'e1.12' })
  expect(messages).toHaveLength(2)
  expect(client.state.status).toBe('live')
  vi.unstubAllGlobals()
})

it('backs off longer each time and stops when five attempts have failed', async () => {
  const { client, states } = await start()
  await failAll(client)
  const waits = states.filter((s) => s.status === 'retrying')
  expect(waits.map((s) => s.attempt)).toEqual([1, 2, 3, 4, 5])
  expect(client.state).toEqual({ status: 'stopped', reason: 'attempts' })
  expect(hub.streams).toHaveLength(6)
})

it('counts from one again when a connection has stood for a while', async () => {
  const { client } = await start()
  hub.newest.cut()
  await vi.advanceTimersByTimeAsync(1000)
  await hub.newest.greet()
  await vi.advanceTimersByTimeAsync(6000)
  hub.newest.cut()
  await settle()
  expect(client.state).toMatchObject({ status: 'retrying', attempt: 1 })
})

it('keeps counting when connections are cut as soon as they stand', async () => {
  const { client } = await start()
  for (let i = 0; i < 6; i++) {
    await hub.newest.greet()
    hub.newest.cut()
    await vi.advanceTimersByTimeAsync(30_000)
  }
  expect(client.state).toEqual({ status: 'stopped', reason: 'attempts' })
})

it.each([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [204, 'kicked'],
  [400, 'rejected'],
])('stops with the reason when the stream answers %i', async (status, reason) => {
  hub.refuse(status)
  const { client } = await start()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(client.state).toEqual({ status: 'stopped', reason })
  expect(hub.calls).toHaveLength(1)
})

it('waits as long as the server says when it is full', async () => {
  hub.refuse(503, { 'retry-after': '7' })
  const { client } = await start()
  expect(client.state).toEqual({ status: 'retrying', attempt: 1, retryAt: 7000 })
})

it('comes again when something else than a stream answers', async () => {
  hub.refuse(200, { 'content-type': 'text/html' })
  const { client } = await start()
  expect(client.state).toMatchObject({ status: 'retrying', attempt: 1 })
})

it('stops when the server says not to come again', async () => {
  const { client } = await start()
  await hub.newest.greet()
  await hub.newest.send({ type: 'disconnect', reason: 'replaced', reconnect: false, retryMs: 0 })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(client.state).toEqual({ status: 'stopped', reason: 'replaced' })
  expect(hub.streams).toHaveLength(1)
})

it('waits as long as the server says when it is to come again', async () => {
  const { client } = await start()
  await hub.newest.greet()
  await hub.newest.send({ type: 'disconnect', reason: 'shutdown', reconnect: true, retryMs: 4000 })
  expect(client.state).toEqual({ status: 'retrying', attempt: 1, retryAt: 4000 })
  await vi.advanceTimersByTimeAsync(3999)
  expect(hub.streams).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(hub.streams).toHaveLength(2)
})

it('is offline when the browser loses the network, and live again when it is back', async () => {
  const { client, window } = await start()
  await hub.newest.greet()
  window.dispatchEvent(new Event('offline'))
  expect(client.state).toEqual({ status: 'offline' })
  expect(hub.newest.isClosed).toBe(true)
  window.dispatchEvent(new Event('online'))
  await settle()
  await hub.newest.greet()
  expect(client.state.status).toBe('live')
})

it('stays live when the network goes and the server is this machine', async () => {
  const { client, window } = await start({ url: 'http://localhost:3000' })
  await hub.newest.greet()
  window.dispatchEvent(new Event('offline'))
  expect(client.state.status).toBe('live')
})

it('comes back by itself when it had given up and the page is looked at again', async () => {
  const { client, document } = await start()
  await failAll(client)
  document.dispatchEvent(new Event('visibilitychange'))
  expect(client.state).toEqual({ status: 'connecting' })
})

it('stays stopped when it was kicked and the page is looked at again', async () => {
  const { client, document } = await start()
  await hub.newest.greet()
  await hub.newest.send({ type: 'disconnect', reason: 'kicked', reconnect: false, retryMs: 0 })
  document.dispatchEvent(new Event('visibilitychange'))
  expect(client.state).toEqual({ status: 'stopped', reason: 'kicked' })
})

it('comes with the position of the farewell when it was kicked and is told to retry', async () => {
  const { client } = await start()
  await hub.newest.greet()
  await hub.newest.send({ type: 'disconnect', reason: 'kicked', reconnect: false, retryMs: 0 }, 'e1.010')
  client.retry()
  await settle()
  expect(hub.newest.url.searchParams.get('lastEventId')).toBe('e1.010')
})

it('connects at once and only once when told to retry while it waits', async () => {
  const { client } = await start()
  await hub.newest.greet()
  hub.newest.cut()
  await settle()
  client.retry()
  client.retry()
  await vi.advanceTimersByTimeAsync(5000)
  expect(hub.streams).toHaveLength(2)
})

it('does nothing more when it is closed', async () => {
  const { client, window, messages } = await start()
  await hub.newest.greet()
  client.close()
  client.retry()
  window.dispatchEvent(new Event('online'))
  await hub.newest.send({ type: 'late', channel: 'broadcast' })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(client.state).toEqual({ status: 'stopped', reason: 'closed' })
  expect(hub.newest.isClosed).toBe(true)
  expect(hub.streams).toHaveLength(1)
  expect(messages).toEqual([])
})

it('asks nothing of the server when it is closed in the turn that made it', async () => {
  createClient({ url: 'https://hub.example', environment: { fetch: hub.fetch } }).close()
  await settle()
  expect(hub.calls).toEqual([])
})

it('sends a fresh token with each attempt when it is given a function', async () => {
  let count = 0
  await start({ getToken: () => `t${++count}` })
  await hub.newest.greet()
  hub.newest.cut()
  await vi.advanceTimersByTimeAsync(500)
  expect(hub.streams.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer t1', 'Bearer t2'])
})

it('asks for one more token when one is refused, and stops when that is refused too', async () => {
  hub.refuse(401)
  const getToken = vi.fn(() => Promise.resolve('stale'))
  const { client } = await start({ getToken })
  expect(client.state).toEqual({ status: 'stopped', reason: 'unauthorized' })
  expect(getToken).toHaveBeenCalledTimes(2)
})

it('goes on after a reload when it has a storage key', async () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  const first = await start({ storageKey: 'feed', environment: { storage } })
  await hub.newest.greet({ status: 'none' }, 'e1.42')
  first.client.close()
  await start({ storageKey: 'feed', environment: { storage } })
  expect(hub.newest.url.searchParams.get('lastEventId')).toBe('e1.42')
})

it('does not fall over when data is no JSON object', async () => {
  const { messages, client } = await start()
  await hub.newest.greet()
  await hub.newest.write('data: not json\n\ndata: [1]\n\ndata: null\n\ndata: 7\n\n')
  expect(messages).toEqual([])
  expect(client.state.status).toBe('live')
})

it('connects anew, from where it was, when heartbeats stay away', async () => {
  const { client } = await start()
  await hub.newest.greet()
  for (let i = 0; i < 3; i++) {
    await vi.advanceTimersByTimeAsync(10_000)
    await hub.newest.write(`:\nid: e1.${20 + i}\n\n`)
  }
  await vi.advanceTimersByTimeAsync(21_900)
  expect(client.state.status).toBe('live')
  await vi.advanceTimersByTimeAsync(1200)
  expect(hub.streams).toHaveLength(2)
  expect(hub.newest.url.searchParams.get('lastEventId')).toBe('e1.22')
})

it('looks at once whether the stream still lives when the page wakes up', async () => {
  const { document } = await start()
  await hub.newest.greet()
  vi.setSystemTime(Date.now() + 3_600_000)
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.advanceTimersByTimeAsync(1100)
  expect(hub.streams).toHaveLength(2)
})
