import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createClient, type ClientOptions } from './client.ts'
import type { State } from './state.ts'

/** Stands in for the browser's EventSource; a test plays the server. */
class FakeSource {
  static opened: FakeSource[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string; lastEventId: string }) => void) | null = null
  onerror: (() => void) | null = null
  closed = false
  readonly url: URL
  constructor(url: string) {
    this.url = new URL(url)
    FakeSource.opened.push(this)
  }
  close() {
    this.closed = true
  }
  send(frame: object, lastEventId = '') {
    this.onmessage?.({ data: JSON.stringify(frame), lastEventId })
  }
  accept(resume: object = { status: 'none' }, lastEventId = 'e1.10') {
    this.onopen?.()
    this.send({ type: 'connected', connectionId: 'c1', channels: ['broadcast'], resume }, lastEventId)
  }
}

const newest = () => FakeSource.opened.at(-1)!
const window = () => new EventTarget()

function start(options: Partial<ClientOptions> = {}, status = 500) {
  const states: State[] = []
  const messages: unknown[] = []
  const gaps: unknown[] = []
  const page = { window: window(), document: Object.assign(new EventTarget(), { visibilityState: 'visible' }) }
  const fetch = vi.fn(() => Promise.resolve(new Response(null, { status })))
  const client = createClient({
    url: 'https://hub.example/api/events',
    channels: ['broadcast'],
    onMessage: (message) => messages.push(message),
    onState: (state) => states.push(state),
    onGap: (gap) => gaps.push(gap),
    ...options,
    environment: {
      EventSource: FakeSource as unknown as typeof EventSource,
      fetch,
      random: () => 0.5,
      ...page,
      storage: null,
      ...options.environment,
    },
  })
  return { client, states, messages, gaps, fetch, ...page }
}

/** Fails every attempt until the client stops retrying. */
async function failAll(client: { state: State }) {
  for (let i = 0; i < 20 && client.state.status !== 'stopped'; i++) {
    newest().onerror?.()
    await vi.advanceTimersByTimeAsync(30_000)
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  FakeSource.opened = []
})
afterEach(() => vi.useRealTimers())

it('is live with its connection id when the server greets it', () => {
  const { client, states } = start()
  newest().accept()
  expect(states).toEqual([{ status: 'connecting' }, { status: 'live', since: 0, connectionId: 'c1' }])
  expect(client.state.status).toBe('live')
})

it('hands messages over in order and hides the server’s own frames when live', () => {
  const { messages } = start()
  newest().accept()
  newest().send({ type: 'a', channel: 'broadcast' }, 'e1.11')
  newest().send({ type: 'b', channel: 'broadcast' }, 'e1.12')
  expect(messages).toMatchObject([{ type: 'a' }, { type: 'b' }])
})

it('resumes after the last id it was given when it reconnects', async () => {
  start()
  newest().accept()
  newest().send({ type: 'a', channel: 'broadcast' }, 'e1.11')
  newest().send({ type: 'ephemeral', channel: 'broadcast' }, 'e1.25') // a heartbeat had moved the position on
  newest().onerror?.()
  expect(newest().closed).toBe(true)
  await vi.advanceTimersByTimeAsync(500)
  expect(FakeSource.opened).toHaveLength(2)
  expect(newest().url.searchParams.get('lastEventId')).toBe('e1.25')
})

it('ignores what a dropped attempt still says when a new one is open', async () => {
  const { messages } = start()
  newest().accept()
  const first = newest()
  first.onerror?.()
  await vi.advanceTimersByTimeAsync(500)
  newest().accept()
  first.send({ type: 'late', channel: 'broadcast' }, 'e1.99')
  expect(messages).toEqual([])
})

it('backs off longer each time and stops when five attempts have failed', async () => {
  const { client, states } = start()
  await failAll(client)
  const waits = states.filter((s) => s.status === 'retrying')
  expect(waits.map((s) => s.attempt)).toEqual([1, 2, 3, 4, 5])
  expect(client.state).toEqual({ status: 'stopped', reason: 'attempts' })
  expect(FakeSource.opened).toHaveLength(6)
})

it('counts from one again when a connection has stood for a while', async () => {
  const { client } = start()
  newest().onerror?.()
  await vi.advanceTimersByTimeAsync(1000)
  newest().accept()
  await vi.advanceTimersByTimeAsync(6000)
  newest().onerror?.()
  expect(client.state).toMatchObject({ status: 'retrying', attempt: 1 })
})

it('keeps counting when connections are cut as soon as they stand', async () => {
  const { client } = start()
  for (let i = 0; i < 6; i++) {
    newest().accept()
    newest().onerror?.()
    await vi.advanceTimersByTimeAsync(30_000)
  }
  expect(client.state).toEqual({ status: 'stopped', reason: 'attempts' })
})

it.each([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [204, 'kicked'],
])('stops with the reason when the stream answers %i', async (status, reason) => {
  const { client, fetch } = start({}, status)
  newest().onerror?.()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(client.state).toEqual({ status: 'stopped', reason })
  expect(fetch).toHaveBeenCalledOnce()
  expect(FakeSource.opened).toHaveLength(1)
})

it('asks nothing about the status when an open stream is cut', () => {
  const { fetch } = start()
  newest().accept()
  newest().onerror?.()
  expect(fetch).not.toHaveBeenCalled()
})

it('stops when the server says not to come again', async () => {
  const { client } = start()
  newest().accept()
  newest().send({ type: 'disconnect', reason: 'replaced', reconnect: false, retryMs: 0 })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(client.state).toEqual({ status: 'stopped', reason: 'replaced' })
  expect(FakeSource.opened).toHaveLength(1)
})

it('waits as long as the server says when it is to come again', async () => {
  const { client } = start()
  newest().accept()
  newest().send({ type: 'disconnect', reason: 'shutdown', reconnect: true, retryMs: 4000 })
  expect(client.state).toEqual({ status: 'retrying', attempt: 1, retryAt: 4000 })
  await vi.advanceTimersByTimeAsync(3999)
  expect(FakeSource.opened).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(FakeSource.opened).toHaveLength(2)
})

it('tells of the gap when the server could not bring everything back', () => {
  const { gaps } = start()
  const gap = { status: 'gap', reason: 'expired', from: 'e1.1', to: 'e1.9' }
  newest().accept(gap)
  expect(gaps).toEqual([gap])
})

it('is offline when the browser loses the network, and live again when it is back', () => {
  const { client, window } = start()
  newest().accept()
  window.dispatchEvent(new Event('offline'))
  expect(client.state).toEqual({ status: 'offline' })
  expect(newest().closed).toBe(true)
  window.dispatchEvent(new Event('online'))
  newest().accept()
  expect(client.state.status).toBe('live')
})

it('stays live when the network goes and the server is this machine', () => {
  const { client, window } = start({ url: 'http://localhost:3000/api/events' })
  newest().accept()
  window.dispatchEvent(new Event('offline'))
  expect(client.state.status).toBe('live')
})

it('comes back by itself when it had given up and the page is looked at again', async () => {
  const { client, document } = start()
  await failAll(client)
  document.dispatchEvent(new Event('visibilitychange'))
  expect(client.state).toEqual({ status: 'connecting' })
})

it('stays stopped when it was kicked and the page is looked at again', () => {
  const { client, document } = start()
  newest().accept()
  newest().send({ type: 'disconnect', reason: 'kicked', reconnect: false, retryMs: 0 })
  document.dispatchEvent(new Event('visibilitychange'))
  expect(client.state).toEqual({ status: 'stopped', reason: 'kicked' })
})

it('comes with the position of the farewell when it was kicked and is told to retry', () => {
  const { client } = start()
  newest().accept()
  newest().send({ type: 'disconnect', reason: 'kicked', reconnect: false, retryMs: 0 }, 'e1.010')
  client.retry()
  expect(newest().url.searchParams.get('lastEventId')).toBe('e1.010')
})

it('connects at once and only once when told to retry while it waits', async () => {
  const { client } = start()
  newest().accept()
  newest().onerror?.()
  client.retry()
  client.retry()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(FakeSource.opened).toHaveLength(2)
})

it('does nothing more when it is closed', async () => {
  const { client, window, messages } = start()
  newest().accept()
  client.close()
  client.retry()
  window.dispatchEvent(new Event('online'))
  newest().send({ type: 'late', channel: 'broadcast' })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(client.state).toEqual({ status: 'stopped', reason: 'closed' })
  expect(newest().closed).toBe(true)
  expect(FakeSource.opened).toHaveLength(1)
  expect(messages).toEqual([])
})

it('sends a fresh token with each attempt when it is given a function', async () => {
  let count = 0
  start({ token: () => `t${++count}` })
  newest().accept()
  newest().onerror?.()
  await vi.advanceTimersByTimeAsync(500)
  expect(FakeSource.opened.map((source) => source.url.searchParams.get('token'))).toEqual(['t1', 't2'])
})

it('goes on after a reload when it has a storage key', () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  const first = start({ storageKey: 'feed', environment: { storage } })
  newest().accept({ status: 'none' }, 'e1.42')
  first.client.close()
  start({ storageKey: 'feed', environment: { storage } })
  expect(newest().url.searchParams.get('lastEventId')).toBe('e1.42')
})

it('does not fall over when data is no JSON object', () => {
  const { messages } = start()
  newest().accept()
  newest().onmessage?.({ data: 'not json', lastEventId: '' })
  newest().onmessage?.({ data: '[1]', lastEventId: '' })
  expect(messages).toEqual([])
})
