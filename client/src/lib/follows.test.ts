import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { answersTo, type FakeHub, playHub } from '../../../tests/support/fake-hub.ts'
import { createClient } from '../realtime/index.ts'
import { createFollows } from './follows.ts'

let hub: FakeHub
beforeEach(() => {
  vi.useFakeTimers()
  hub = playHub()
})
afterEach(() => vi.useRealTimers())

async function settle() {
  await vi.advanceTimersByTimeAsync(0)
  await vi.dynamicImportSettled()
  await vi.advanceTimersByTimeAsync(0)
}

async function start() {
  const follows = createFollows()
  const client = createClient({ url: 'https://hub.example', environment: { fetch: hub.fetch, storage: undefined } })
  return { follows, client }
}

it('follows what was asked for before there was a connection, and tells when it comes in', async () => {
  const { follows, client } = await start()
  const heard: string[] = []
  follows.add(
    'orders',
    ({ type }) => heard.push(type),
    () => heard.push('following'),
  )
  follows.attach(client)
  await settle()
  expect(hub.newest.url.searchParams.getAll('channel')).toEqual(['orders'])
  await hub.newest.greet()
  await settle()
  await hub.newest.send({ type: 'paid', channel: 'orders', id: 'e1.11' })
  expect(heard).toEqual(['following', 'paid'])
})

it('changes the open connection, and tells each listener, when further ones come and go', async () => {
  const { follows, client } = await start()
  follows.attach(client)
  follows.add('base', () => {})
  await settle()
  await hub.newest.greet()
  const following = vi.fn()
  const off = follows.add('orders', () => {}, following)
  await settle()
  follows.add('orders', () => {}, following)
  await settle()
  expect(following).toHaveBeenCalledTimes(2)
  off()
  await settle()
  expect(answersTo(hub, 'PATCH').map(({ body }) => body)).toEqual([{ subscribe: ['orders'], unsubscribe: [] }])
})

it('keeps the server’s own channels from those who ask for everything', async () => {
  const { follows, client } = await start()
  const heard: string[] = []
  follows.add('**', ({ channel }) => heard.push(`all ${channel}`))
  follows.add('admin/*', ({ channel }) => heard.push(`own ${channel}`))
  follows.attach(client)
  await settle()
  await hub.newest.greet()
  await hub.newest.send({ type: 'a', channel: 'admin/stats', id: 'e1.11' })
  await hub.newest.send({ type: 'a', channel: 'orders/7', id: 'e1.12' })
  expect(heard).toEqual(['own admin/stats', 'all orders/7'])
})

it('goes on by the next client when the first one is let go', async () => {
  const { follows, client } = await start()
  follows.add('orders', () => {})
  follows.attach(client)()
  client.close()
  const next = createClient({ url: 'https://hub.example', environment: { fetch: hub.fetch, storage: undefined } })
  follows.attach(next)
  await settle()
  expect(hub.streams.map(({ url }) => url.searchParams.getAll('channel'))).toEqual([['orders']])
})
