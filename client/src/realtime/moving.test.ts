import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type FakeHub, type FakeStream, playHub, settle, startClient } from '../../../tests/support/fake-hub.ts'

let hub: FakeHub
beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  hub = playHub()
})
afterEach(() => vi.useRealTimers())

const FAREWELL = { type: 'disconnect', reason: 'shutdown', reconnect: true, retryMs: 400, closesInMs: 2000 }
const message = (n: number) => ({ type: 'm', channel: 'broadcast', n, id: `e1.${n}` })
const passing = (n: number) => ({ type: 'now', channel: 'broadcast', n })

/** A client that is live and was told to go; resolves once it has opened the next stream. */
async function moveClient() {
  const started = await startClient(hub)
  const old = hub.newest
  await old.greet()
  await settle()
  await old.send(message(11))
  await old.send(FAREWELL)
  await vi.advanceTimersByTimeAsync(400)
  const next = hub.newest
  expect(next).not.toBe(old)
  const heard = () => started.messages.map((one) => (one as { n: number }).n)
  return { ...started, old, next, heard }
}

async function sendBoth(streams: FakeStream[], frame: object) {
  for (const stream of streams) await stream.send({ ...frame })
}

it('stays live, and keeps the old stream until the new one stands and has brought as much, when the server goes', async () => {
  const { client, states, old, next, heard } = await moveClient()
  expect(next.url.searchParams.get('lastEventId')).toBe('e1.11')
  await old.send(message(12))
  await next.greet({ status: 'complete' }, 'e1.11')
  await vi.advanceTimersByTimeAsync(1000)
  expect(old.isClosed).toBe(false)
  await next.send(message(12))
  await vi.advanceTimersByTimeAsync(200)
  expect([old.isClosed, next.isClosed]).toEqual([true, false])
  await next.send(message(13))
  expect(heard()).toEqual([11, 12, 13])
  expect(states.map(({ status }) => status)).toEqual(['connecting', 'live', 'live'])
  expect(client.state.status).toBe('live')
})

it('brings each message once, in order, whichever of the two is ahead', async () => {
  const { old, next, heard } = await moveClient()
  await next.greet({ status: 'complete' }, 'e1.11')
  await next.send(message(12))
  await next.send(message(13))
  await old.send(message(12))
  await old.send(message(13))
  await old.send(message(14))
  await next.send(message(14))
  await next.send(message(15))
  expect(heard()).toEqual([11, 12, 13, 14, 15])
})

it('brings what is in no log as often as it was said, not as often as it came', async () => {
  const { old, next, heard } = await moveClient()
  await old.send(passing(1))
  await next.greet({ status: 'complete' }, 'e1.11')
  await sendBoth([old, next], passing(2))
  await sendBoth([next, old], passing(3))
  await sendBoth([old, old, next, next], passing(4))
  await vi.advanceTimersByTimeAsync(200)
  expect(old.isClosed).toBe(true)
  await next.send(passing(4))
  expect(heard()).toEqual([11, 1, 2, 3, 4, 4, 4])
})

it('tells comings and goings once when both streams bring them', async () => {
  const { client, old, next } = await moveClient()
  const changes: string[] = []
  client.channel('broadcast').onPresence(({ type, member }) => changes.push(`${type} ${member.connectionId}`))
  const join = { type: 'presence_join', channel: 'broadcast', member: { connectionId: 'x' } }
  await next.greet({ status: 'complete' }, 'e1.11')
  await sendBoth([next, old], join)
  expect(changes).toEqual(['join x'])
})

it('tries again, and hears the old stream meanwhile, when the next one is refused', async () => {
  const { client } = await startClient(hub)
  const old = hub.newest
  await old.greet()
  await settle()
  hub.refuse(503, { 'retry-after': '2' })
  await old.send(FAREWELL)
  await vi.advanceTimersByTimeAsync(1200)
  const calls = hub.calls.filter(({ method }) => method === 'GET')
  expect(calls.length).toBeGreaterThan(2)
  expect([old.isClosed, client.state.status]).toEqual([false, 'live'])
  hub.answer('GET', null)
  await vi.advanceTimersByTimeAsync(400)
  await hub.newest.greet({ status: 'complete' }, 'e1.10')
  await vi.advanceTimersByTimeAsync(200)
  expect([old.isClosed, client.state.status]).toEqual([true, 'live'])
})

it('connects as ever when the old stream closes before another one stands', async () => {
  const { client, old, next, heard } = await moveClient()
  old.cut()
  await settle()
  expect(next.isClosed).toBe(true)
  expect(client.state).toMatchObject({ status: 'retrying', attempt: 1 })
  await vi.advanceTimersByTimeAsync(1000)
  await hub.newest.greet({ status: 'complete' }, 'e1.11')
  await hub.newest.send(message(12))
  expect(heard()).toEqual([11, 12])
})

it('goes on to a third server when the second one goes as well', async () => {
  const { client, old, next, heard } = await moveClient()
  await next.greet({ status: 'complete' }, 'e1.11')
  await next.send(FAREWELL)
  await vi.advanceTimersByTimeAsync(400)
  expect(old.isClosed).toBe(true)
  const third = hub.newest
  await third.greet({ status: 'complete' }, 'e1.11')
  await sendBoth([next, third], message(12))
  await vi.advanceTimersByTimeAsync(200)
  expect([next.isClosed, third.isClosed, client.state.status]).toEqual([true, false, 'live'])
  expect(heard()).toEqual([11, 12])
})

it('stops when the old stream says that it was kicked', async () => {
  const { client, old, next } = await moveClient()
  await next.greet({ status: 'complete' }, 'e1.11')
  await old.send({ type: 'disconnect', reason: 'kicked', reconnect: false, retryMs: 0 })
  expect(client.state).toEqual({ status: 'stopped', reason: 'kicked' })
  expect([old.isClosed, next.isClosed]).toEqual([true, true])
})

it('closes both streams when it is closed', async () => {
  const { client, old, next } = await moveClient()
  client.close()
  await vi.advanceTimersByTimeAsync(10_000)
  expect([old.isClosed, next.isClosed, hub.streams.length]).toEqual([true, true, 2])
})
