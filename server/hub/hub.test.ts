import { afterEach, describe, expect, it, vi } from 'vitest'
import { newMessage, startHub, type TestHub, turn } from '../../tests/support/hub.ts'
import { readDraft } from './message.ts'

let test: TestHub
afterEach(() => {
  test.hub.stop()
  vi.useRealTimers()
})

describe('connect', () => {
  it('greets at once with id, channels and position when nothing is asked for', async () => {
    test = await startHub()
    await test.publish('a', 1, 2)
    const { sink, connection } = test.connect({ channels: ['a', 'b'], ownChannels: ['user/me'] })
    expect(sink.lines).toEqual([
      {
        frame: { type: 'connected', connectionId: connection.id, channels: ['a', 'b'], resume: { status: 'none' } },
        id: 'e.2',
        retryMs: expect.any(Number),
      },
    ])
  })

  it('spreads the reconnection times it tells around two seconds', async () => {
    test = await startHub()
    const times = Array.from({ length: 200 }, () => {
      const [line] = test.connect().sink.lines
      return line && 'retryMs' in line ? (line.retryMs ?? NaN) : NaN
    })
    expect(Math.min(...times)).toBeGreaterThanOrEqual(1000)
    expect(Math.max(...times)).toBeLessThanOrEqual(3000)
    expect(new Set(times).size).toBeGreaterThan(50)
  })

  it('refuses when max_connections are open, and takes one again when one has gone', async () => {
    test = await startHub({ max_connections: 2 })
    const { connection } = test.connect()
    test.connect()
    expect(() => test.connect()).toThrow(expect.objectContaining({ code: 'too_many_connections' }))
    test.hub.remove(connection, 'closed')
    test.connect()
    expect([test.hub.connections.size, test.hub.peak]).toEqual([2, 2])
  })

  it('hands over messages on channels that the connection has of itself', async () => {
    test = await startHub()
    const { sink, connection } = test.connect({ ownChannels: ['user/me'] })
    await test.publish('user/me', 1)
    await test.publish(`connection/${connection.id}`, 2)
    await test.publish('user/you', 3)
    expect(sink.numbers).toEqual([1, 2])
  })
})

describe('a connection that goes', () => {
  it('is ended once and gets nothing more', async () => {
    test = await startHub()
    const { sink, connection, ended } = test.connect({ channels: ['a', '**'] })
    test.hub.remove(connection, 'closed')
    test.hub.remove(connection, 'error')
    await test.publish('a', 1)
    expect([sink.numbers, ended]).toEqual([[], ['closed']])
    expect(test.heard.disconnected).toEqual([[connection.id, 'closed']])
    expect(test.hub.find(connection.id)).toBeUndefined()
  })

  it('is told why when it is dismissed, and when to come again', async () => {
    test = await startHub()
    const { sink, connection, ended } = test.connect()
    test.hub.dismiss(connection, { reason: 'shutdown', reconnect: true, retryMs: 700 })
    expect(sink.lines.at(-1)).toEqual({
      frame: { type: 'disconnect', reason: 'shutdown', reconnect: true, retryMs: 700 },
      retryMs: 700,
    })
    expect(ended).toEqual(['shutdown'])
  })

  it('takes the mark of the kicked with it when it is kicked', async () => {
    test = await startHub()
    await test.publish('a', 1)
    const { sink, connection } = test.connect()
    test.hub.kick(connection)
    expect(sink.lines.at(-1)).toMatchObject({ id: 'e.01', frame: { reason: 'kicked', reconnect: false } })
    const { ip, userAgent, principal } = connection
    const newcomer = { ip, userAgent, principal, lastEventId: 'e.01', channels: [] }
    expect(test.hub.kicks.includes(newcomer, Date.now())).toBe(true)
  })

  it('is told that it was slow when it has fallen too far behind', async () => {
    test = await startHub({ slow_consumer_max_bytes: 20_000 })
    const { sink, ended } = test.connect({ channels: ['a'] })
    sink.writableLength = 20_001
    await test.publish('a', 1)
    expect(sink.lines.at(-1)).toMatchObject({ frame: { reason: 'slow_consumer', reconnect: true } })
    expect(ended).toEqual(['slow_consumer'])
  })

  it('is told that it expired when its time is over', async () => {
    vi.useFakeTimers()
    test = await startHub()
    const { ended } = test.connect({ expiresAt: Date.now() + 5000 })
    const forever = test.connect({ expiresAt: null })
    vi.advanceTimersByTime(4000)
    expect(ended).toEqual([])
    vi.advanceTimersByTime(2000)
    expect([ended, forever.ended]).toEqual([['expired'], []])
  })
})

describe('heartbeats', () => {
  it('move the position past others’ messages, but not that of a connection that replays', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] })
    test = await startHub()
    await test.publish('a', 1, 2, 3)
    test.hub.recent.reset(3)
    test.log.gate = () => new Promise(() => undefined)
    const live = test.connect({ channels: ['x'] })
    const replaying = test.connect({ channels: ['a'] }, 'e.1')
    await test.publish('a', 4)
    vi.advanceTimersByTime(25_000)
    expect(live.sink.lines.at(-1)).toEqual({ beat: 'e.4' })
    expect(replaying.sink.lines.at(-1)).toEqual({ beat: null })
    expect(test.hub.positionOf(live.connection)).toBe('e.4')
    expect(test.hub.positionOf(replaying.connection)).toBe('e.1')
  })

  it('come at the new pace at once when the setting changes, and not at all after the stop', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    test = await startHub()
    const { sink } = test.connect()
    test.settings.set('heartbeat_interval', 1)
    vi.advanceTimersByTime(3000)
    expect(sink.lines.length).toBe(1 + 3)
    test.hub.stop()
    test.settings.set('heartbeat_interval', 2)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a log whose history was replaced', () => {
  it('closes every connection without a word, and tells the gap to those that come back', async () => {
    test = await startHub()
    await test.publish('a', 1, 2)
    const first = test.connect({ channels: ['a'] })
    test.hub.onHead({ epoch: 'f', offset: 2 })
    expect([first.ended, first.sink.lines.length]).toEqual([['error'], 1])
    const { sink } = test.connect({ channels: ['a'] }, 'e.2')
    await new Promise((resolve) => setImmediate(resolve))
    expect(sink.lines[0]).toMatchObject({
      frame: { resume: { status: 'gap', reason: 'epoch', from: 'e.2', to: 'f.0' } },
      id: 'f.0',
    })
  })
})

describe('figures', () => {
  it('count what was handed out, and how long it took', async () => {
    test = await startHub()
    for (let i = 0; i < 3; i++) test.connect({ channels: ['a'] })
    await test.hub.append({
      messages: [
        {
          channel: 'a',
          type: 't',
          sender: null,
          timestampMs: 0,
          body: '{"n":1}',
          exclude: null,
          acceptedAtMs: performance.now() - 50,
          recipients: 0,
        },
      ],
      idempotent: null,
    })
    await turn()
    expect(test.hub.delivered).toBe(3)
    const { p50 } = test.hub.latency.percentiles(Date.now())
    expect(p50).toBeGreaterThanOrEqual(50)
    expect(p50).toBeLessThan(1000)
  })
})

describe('a connection that opens between a message’s answer and its writing', () => {
  it('has its position behind the message and does not get it, when it resumes nothing', async () => {
    test = await startHub()
    await test.hub.append({ messages: [newMessage('a', 1)], idempotent: null })
    const { sink } = test.connect({ channels: ['a'] })
    await turn()
    expect(sink.lines[0]).toMatchObject({ id: 'e.1', frame: { type: 'connected' } })
    expect(sink.numbers).toEqual([])
    await test.publish('a', 2)
    expect(sink.numbers).toEqual([2])
  })

  it('gets the message once when it resumes from before it', async () => {
    test = await startHub()
    await test.hub.append({ messages: [newMessage('a', 1)], idempotent: null })
    const { sink } = test.connect({ channels: ['a'] }, 'e.0')
    await turn()
    expect(sink.numbers).toEqual([1])
  })
})

describe('messages that wait for the end of a pause', () => {
  it('reach only those that were there when each got its place in the log', async () => {
    test = await startHub()
    test.hub.outbox.pause(60_000)
    const early = test.connect({ channels: ['a'] })
    await test.publish('a', 1)
    const late = test.connect({ channels: ['a'] })
    await test.publish('a', 2)
    test.hub.flush()
    expect([early.sink.numbers, late.sink.numbers]).toEqual([[1, 2], [2]])
  })

  it('are overtaken by no ephemeral one', async () => {
    test = await startHub()
    test.hub.outbox.pause(60_000)
    const { sink } = test.connect({ channels: ['a'] })
    await test.publish('a', 1)
    await test.hub.publisher.publish([readDraft({ n: 2 }, 'a')], { from: null, ephemeral: true })
    expect(sink.numbers).toEqual([1, 2])
  })

  it('are not passed over by the heartbeat’s position, nor does it fall behind what a newcomer has', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] })
    test = await startHub({ heartbeat_interval: 5 })
    test.hub.outbox.pause(60_000)
    const early = test.connect({ channels: ['a'] })
    await test.publish('a', 1, 2)
    const late = test.connect({ channels: ['a'] })
    vi.advanceTimersByTime(5000)
    const beats = [early, late].map(({ sink }) => sink.lines.flatMap((line) => ('beat' in line ? [line.beat] : [])))
    expect(beats).toEqual([['e.0'], ['e.2']])
  })
})
