import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { answersTo, type FakeHub, playHub, settle, startClient } from '../../../tests/support/fake-hub.ts'
import { type ClientOptions, createClient } from './client.ts'

let hub: FakeHub
beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  hub = playHub()
})
afterEach(() => vi.useRealTimers())

const start = (options?: ClientOptions) => startClient(hub, options)

it('asks for the channels that were listened to in the same turn when it connects', async () => {
  const client = createClient({ url: 'https://hub.example', environment: { fetch: hub.fetch } })
  client.channel('orders/*').on('*', () => {})
  await settle()
  expect(hub.newest.url.searchParams.getAll('channel')).toEqual(['orders/*'])
  client.close()
})

it('changes what an open stream follows when listeners come and go', async () => {
  const { client } = await start()
  await hub.newest.greet()
  const off = client.channel('orders/7').on('*', () => {})
  client.channel('orders/8').on('*', () => {})()
  await settle()
  off()
  await settle()
  expect(answersTo(hub, 'PATCH')).toEqual([
    { path: '/api/connections/c1', body: { subscribe: ['orders/7'], unsubscribe: [] } },
    { path: '/api/connections/c1', body: { subscribe: [], unsubscribe: ['orders/7'] } },
  ])
})

it('asks for its channels by another stream when the open one is not found', async () => {
  const { client } = await start()
  await hub.newest.greet()
  hub.answer('PATCH', () => Response.json({ code: 'not_found' }, { status: 404 }))
  client.channel('orders/7').on('*', () => {})
  await settle()
  expect(hub.streams).toHaveLength(2)
  expect(hub.newest.url.searchParams.getAll('channel')).toEqual(['broadcast', 'orders/7'])
})

it('keeps what is allowed, and tells what is not, when one of several channels is refused', async () => {
  const { client } = await start()
  const notices: unknown[] = []
  client.onNotice((notice) => notices.push(notice))
  await hub.newest.greet()
  hub.answer('PATCH', ({ subscribe }) =>
    (subscribe as string[]).includes('secret')
      ? Response.json({ code: 'forbidden_channel' }, { status: 403 })
      : Response.json({}),
  )
  client.channel('secret').on('*', () => {})
  client.channel('orders').on('*', () => {})
  await settle()
  expect(notices).toEqual([
    { type: 'following', channels: ['broadcast'] },
    { type: 'refused', channel: 'secret', code: 'forbidden_channel' },
    { type: 'following', channels: ['orders'] },
  ])
  hub.newest.cut()
  await vi.advanceTimersByTimeAsync(500)
  expect(hub.newest.url.searchParams.getAll('channel')).toEqual(['broadcast', 'orders'])
})

it('tells listeners of what they asked for when types, patterns and signals differ', async () => {
  const { client } = await start({ channels: [] })
  const heard: string[] = []
  const stop = new AbortController()
  client.channel('orders/*').on('paid', ({ channel }) => heard.push(`paid ${channel}`))
  client.channel('orders/7').on('*', ({ type }) => heard.push(`7 ${type}`), { signal: stop.signal })
  client.channel('**').onPresence(({ type, member }) => heard.push(`${type} ${member.connectionId}`))
  await hub.newest.greet()
  await hub.newest.send({ type: 'paid', channel: 'orders/7', id: 'e1.11' })
  await hub.newest.send({ type: 'paid', channel: 'orders/8', id: 'e1.12' })
  stop.abort()
  await hub.newest.send({ type: 'sent', channel: 'orders/7', id: 'e1.13' })
  await hub.newest.send({ type: 'presence_join', channel: 'orders/7', member: { connectionId: 'c9' } })
  expect(heard.sort()).toEqual(['7 paid', 'join c9', 'paid orders/7', 'paid orders/8'])
})
