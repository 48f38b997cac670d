import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RecordingSink } from '../../tests/support/connection.ts'
import { newMessage, startHub, type TestHub, turn } from '../../tests/support/hub.ts'

let stop: () => void = () => undefined
afterEach(() => {
  vi.useRealTimers()
  stop()
})

/** Starts a hub whose memory holds nothing of the log, so that every replay reads history, and only when it is let. */
async function hubWithPast(
  count: number,
  channel = 'a',
): Promise<TestHub & { letRead(): Promise<void>; reads: number[] }> {
  const test = await startHub()
  stop = () => test.hub.stop()
  if (count > 0) await test.publish(channel, ...Array.from({ length: count }, (_, i) => i + 1))
  test.hub.recent.reset(test.hub.head)
  const waiting: (() => void)[] = []
  const reads: number[] = []
  const page = test.log.page.bind(test.log)
  test.log.page = (query) => {
    reads.push(query.after)
    return page(query)
  }
  test.log.gate = () => new Promise((resolve) => waiting.push(resolve))
  const letRead = async () => {
    for (const go of waiting.splice(0)) go()
    await turn()
  }
  return Object.assign(test, { letRead, reads })
}

async function letAll(test: { letRead(): Promise<void> }): Promise<void> {
  for (let i = 0; i < 50; i++) await test.letRead()
}

const firstFrame = (sink: RecordingSink) => sink.lines[0]
const positions = (sink: RecordingSink) => sink.lines.flatMap((line) => ('position' in line ? [line.position] : []))

describe('replay', () => {
  it('gives what was missed before what comes live, and then the newest position', async () => {
    const test = await hubWithPast(5)
    const { sink, connection } = test.connect({ channels: ['a'] }, 'e.2')
    await test.publish('a', 6)
    await test.publish('other', 7)
    expect(sink.numbers).toEqual([])
    await letAll(test)
    expect(firstFrame(sink)).toMatchObject({ id: 'e.2', frame: { type: 'connected', resume: { status: 'complete' } } })
    expect(sink.numbers).toEqual([3, 4, 5, 6])
    expect(positions(sink)).toEqual(['e.7'])
    expect([connection.mode, connection.messagesSent]).toEqual(['live', 4])
    await test.publish('a', 8)
    expect(sink.numbers).toEqual([3, 4, 5, 6, 8])
  })

  it('loses and repeats nothing when a message comes at any step of its end', async () => {
    for (let hops = 0; hops < 30; hops++) {
      const test = await hubWithPast(1)
      test.log.gate = () => Promise.resolve()
      const { sink } = test.connect({ channels: ['a'] }, 'e.0')
      for (let i = 0; i < hops; i++) await Promise.resolve()
      await test.publish('a', 2)
      await turn()
      expect(sink.numbers).toEqual([1, 2])
      test.hub.stop()
    }
  })

  it('tells no position ahead of what it wrote, when a message that comes at any step of its end has to wait', async () => {
    for (let hops = 0; hops < 30; hops++) {
      const test = await hubWithPast(1)
      test.log.gate = () => Promise.resolve()
      test.hub.outbox.pause(60_000)
      const { sink } = test.connect({ channels: ['a'] }, 'e.0')
      for (let i = 0; i < hops; i++) await Promise.resolve()
      await test.publish('a', 2)
      // Whoever is cut here comes back with this, and must get the rest.
      expect(positions(sink), `after ${hops} hops`).toEqual([`e.${sink.numbers.at(-1) as number}`])
      test.hub.stop()
    }
  })

  it('needs no read of history when memory holds what was missed', async () => {
    const test = await hubWithPast(3)
    await test.publish('a', 4, 5)
    const { sink } = test.connect({ channels: ['a'] }, 'e.3')
    await turn()
    expect(sink.numbers).toEqual([4, 5])
    expect(test.reads).toEqual([])
  })

  it('reads a page once when several connections want the same', async () => {
    const test = await hubWithPast(4)
    const sinks = [1, 2, 3].map(() => test.connect({ channels: ['a'] }, 'e.0').sink)
    const other = test.connect({ channels: ['a', 'b'] }, 'e.0').sink
    await letAll(test)
    for (const sink of [...sinks, other]) expect(sink.numbers).toEqual([1, 2, 3, 4])
    expect(test.reads.toSorted((a, b) => a - b)).toEqual([0, 0, 2, 2])
    expect(sinks[1]!.writes[1]).toBe(sinks[0]!.writes[1])
  })

  it('reads a page once when connections come one after the other, and anew a second later', async () => {
    const test = await hubWithPast(2)
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    for (let i = 0; i < 2; i++) {
      test.connect({ channels: ['a'] }, 'e.0')
      await letAll(test)
    }
    expect(test.reads).toEqual([0])
    await test.publish('a', 3)
    test.hub.recent.reset(test.hub.head)
    const { sink } = test.connect({ channels: ['a'] }, 'e.0')
    await letAll(test)
    expect([test.reads, sink.numbers]).toEqual([
      [0, 2],
      [1, 2, 3],
    ])
    vi.advanceTimersByTime(1000)
    test.connect({ channels: ['a'] }, 'e.0')
    await letAll(test)
    expect(test.reads).toEqual([0, 2, 0, 2])
  })

  it('reads a page anew when the log has another epoch', async () => {
    const test = await hubWithPast(2)
    test.connect({ channels: ['a'] }, 'e.0')
    await letAll(test)
    test.hub.onHead({ epoch: 'f', offset: 2 })
    test.connect({ channels: ['a'] }, 'f.0')
    await letAll(test)
    expect(test.reads).toEqual([0, 0])
  })

  it('reads at most eight pages at a time, and everybody gets a turn', async () => {
    const test = await hubWithPast(3)
    const sinks = Array.from({ length: 20 }, (_, i) => test.connect({ channels: ['a', `own/${i}`] }, 'e.0').sink)
    await turn()
    expect(test.reads.length).toBe(8)
    await letAll(test)
    for (const sink of sinks) expect(sink.numbers).toEqual([1, 2, 3])
  })

  it('gives messages of a channel that was joined while its read waited for a turn', async () => {
    const test = await hubWithPast(3)
    test.log.pageSize = 100
    for (let i = 0; i < 8; i++) test.connect({ channels: ['a', `own/${i}`] }, 'e.0')
    const { sink, connection } = test.connect({ channels: ['a'] }, 'e.0')
    await turn()
    test.hub.following.change(connection, ['b'], [])
    await test.publish('b', 4)
    test.hub.recent.reset(test.hub.head)
    await letAll(test)
    expect(sink.numbers).toEqual([1, 2, 3, 4])
  })

  it('gives a message for the connection alone when it came while the connection replayed', async () => {
    const test = await hubWithPast(3)
    const { sink, connection } = test.connect({ channels: ['a'] }, 'e.0')
    await test.letRead()
    await test.publish(`connection/${connection.id}`, 4)
    await letAll(test)
    expect(sink.numbers).toEqual([1, 2, 3, 4])
  })

  it('leaves out the message that excludes the connection, and gives it to others', async () => {
    const test = await hubWithPast(1)
    const [mine, other] = [test.connect({ channels: ['a'] }, 'e.0'), test.connect({ channels: ['a'] }, 'e.0')]
    await test.hub.append({ messages: [newMessage('a', 2, mine.connection.id), newMessage('a', 3)], idempotent: null })
    await letAll(test)
    expect(mine.sink.numbers).toEqual([1, 3])
    expect(mine.connection.messagesSent).toBe(2)
    expect(other.sink.numbers).toEqual([1, 2, 3])
  })

  it('leaves reserved namespaces out of wildcards, but for the privileged', async () => {
    const test = await hubWithPast(1)
    await test.publish('admin/x', 2)
    await test.publish('participant/x', 3)
    test.hub.recent.reset(test.hub.head)
    const plain = test.connect({ channels: ['**'] }, 'e.0')
    const privileged = test.connect({ channels: ['**'], privileged: true }, 'e.0')
    await letAll(test)
    expect(plain.sink.numbers).toEqual([1])
    expect(privileged.sink.numbers).toEqual([1, 2])
  })

  it('ends nothing twice and writes nothing more when the connection goes away in mid-replay', async () => {
    const test = await hubWithPast(6)
    const { sink, connection, ended } = test.connect({ channels: ['a'] }, 'e.0')
    await test.letRead()
    await test.letRead()
    test.hub.remove(connection, 'closed')
    const before = sink.lines.length
    await letAll(test)
    expect(sink.lines.length).toBe(before)
    expect(ended).toEqual(['closed'])
  })

  it('writes nothing after the farewell when the client is kicked in the moment it becomes live', async () => {
    for (let hops = 0; hops < 30; hops++) {
      const test = await hubWithPast(1)
      test.log.gate = () => Promise.resolve()
      const { sink, connection } = test.connect({ channels: ['a'] }, 'e.0')
      for (let i = 0; i < hops; i++) await Promise.resolve()
      test.hub.kick(connection)
      await turn()
      expect(sink.lines.at(-1)).toMatchObject({ frame: { type: 'disconnect', reason: 'kicked' } })
      test.hub.stop()
    }
  })

  it('closes without a farewell and tells the observer when history cannot be read', async () => {
    const test = await hubWithPast(2)
    test.log.page = () => Promise.reject(new Error('away'))
    const { sink, ended } = test.connect({ channels: ['a'] }, 'e.0')
    await turn()
    expect(ended).toEqual(['error'])
    expect(test.heard.replayFailed).toEqual([new Error('away')])
    expect(sink.lines.length).toBe(1)
  })

  it('closes as slow when history is trimmed away before it', async () => {
    const test = await hubWithPast(6)
    const { sink, ended } = test.connect({ channels: ['a'] }, 'e.0')
    test.log.trim(4)
    await letAll(test)
    expect(ended).toEqual(['slow_consumer'])
    expect(sink.numbers).toEqual([])
  })
})

describe('a reader that does not drain', () => {
  it('is sent the next page only when it has taken the last one', async () => {
    const test = await hubWithPast(4)
    test.log.gate = () => Promise.resolve()
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] })
    const { sink } = test.connect({ channels: ['a'] }, 'e.0')
    sink.writableLength = 300_000
    await vi.advanceTimersByTimeAsync(20_000)
    expect(sink.numbers).toEqual([])
    sink.writableLength = 0
    await vi.advanceTimersByTimeAsync(50)
    expect(sink.numbers).toEqual([1, 2, 3, 4])
  })

  it('is closed as slow when it takes nothing for half a minute', async () => {
    const test = await hubWithPast(4)
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] })
    const { sink, ended } = test.connect({ channels: ['a'] }, 'e.0')
    sink.writableLength = 300_000
    await vi.advanceTimersByTimeAsync(29_900)
    expect(ended).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(ended).toEqual(['slow_consumer'])
  })
})
