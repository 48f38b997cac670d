import { describe, expect, it } from 'vitest'
import { createConnection, createLineWire, type Line, type RecordingSink } from '../../tests/support/connection.ts'
import { newMessage } from '../../tests/support/hub.ts'
import type { Connection, ConnectionOptions } from './connection.ts'
import { Delivery } from './delivery.ts'
import { Fanout } from './fanout.ts'
import { Subscriptions } from './subscriptions.ts'

class Bench {
  readonly subscriptions = new Subscriptions()
  readonly connections = new Map<string, Connection>()
  readonly slow: string[] = []
  readonly fanout = new Fanout({
    subscriptions: this.subscriptions,
    find: (id) => this.connections.get(id),
    slowLimitBytes: () => 1000,
    onSlow: (connection) => {
      this.slow.push(connection.id)
      for (const channel of connection.channels) this.subscriptions.remove(connection, channel)
    },
  })
  #offset = 0

  join(
    id: string,
    channels: string[],
    given: Partial<ConnectionOptions> = {},
  ): { connection: Connection; sink: RecordingSink } {
    const made = createConnection({ id, channels, ...given })
    this.connections.set(id, made.connection)
    for (const channel of channels) this.subscriptions.add(made.connection, channel)
    return made
  }

  /** Delivers one batch of `[channel, exclude]`, numbered on from the last one; returns the deliveries. */
  deliver(...batch: [channel: string, exclude?: string][]): Delivery[] {
    const deliveries = batch.map(([channel, exclude]) => {
      const offset = ++this.#offset
      return new Delivery(channel, newMessage(channel, offset).body, exclude ?? null, offset, 'e')
    })
    this.fanout.deliver(deliveries, false)
    return deliveries
  }

  deliverEphemeral(channel: string): Delivery {
    const delivery = new Delivery(channel, newMessage(channel, 0).body, null, 0, null)
    this.fanout.deliver([delivery], true)
    return delivery
  }
}

const recipients = (deliveries: Delivery[]) => deliveries.map((delivery) => delivery.recipients)
const isPosition = (line: Line) => 'position' in line

describe('Fanout', () => {
  it('hands each message to its followers alone and counts them when several channels are in a batch', () => {
    const bench = new Bench()
    const a = bench.join('a', ['a'])
    const b = bench.join('b', ['b'])
    const both = bench.join('both', ['a', 'b'])
    expect(recipients(bench.deliver(['a'], ['b'], ['a'], ['nobody']))).toEqual([2, 2, 2, 0])
    expect([a, b, both].map(({ sink }) => sink.numbers)).toEqual([[1, 3], [2], [1, 2, 3]])
    expect(bench.fanout.delivered).toBe(6)
    expect(both.connection.messagesSent).toBe(3)
    expect(both.connection.bytesSent).toBe(Buffer.concat(both.sink.writes).length)
  })

  it('writes a connection once a batch and in log order when it follows several of the batch’s channels', () => {
    const bench = new Bench()
    const { sink } = bench.join('x', ['a', 'b', 'c'])
    bench.deliver(['c'], ['a'], ['b'], ['a'], ['c'], ['b'])
    bench.deliver(['b'], ['a'])
    expect(sink.writes.length).toBe(2)
    expect(sink.numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('hands a message over once when several of a connection’s patterns match it', () => {
    const bench = new Bench()
    const { sink } = bench.join('x', ['a/b', 'a/*', '**', 'a/**'])
    const other = bench.join('y', ['a/*'])
    expect(recipients(bench.deliver(['a/b']))).toEqual([2])
    expect(recipients(bench.deliver(['a/b'], ['z'], ['a/b']))).toEqual([2, 1, 2])
    expect(sink.numbers).toEqual([1, 2, 3, 4])
    expect(other.sink.numbers).toEqual([1, 2, 4])
  })

  it('shares one buffer among connections of one wire, and encodes anew for another wire', () => {
    const bench = new Bench()
    const [one, two] = [bench.join('1', ['a']), bench.join('2', ['a'])]
    const three = bench.join('3', ['a'], { wire: createLineWire() })
    bench.deliver(['a'])
    expect(two.sink.writes[0]).toBe(one.sink.writes[0])
    expect(three.sink.writes[0]).not.toBe(one.sink.writes[0])
    const [four, five] = [bench.join('4', ['b', 'c']), bench.join('5', ['b', 'c'])]
    bench.deliver(['b'], ['c'])
    expect(five.sink.writes[0]).toBe(four.sink.writes[0])
  })

  it('reports a slow reader once and after the batch when it has fallen behind', () => {
    const bench = new Bench()
    const slow = bench.join('slow', ['a', 'b'])
    const quick = bench.join('quick', ['a', 'b'])
    slow.sink.writableLength = 1001
    quick.sink.writableLength = 1000
    bench.deliver(['a'], ['b'])
    expect(bench.slow).toEqual(['slow'])
    expect(quick.sink.numbers).toEqual([1, 2])
    bench.deliver(['a'])
    expect(bench.slow).toEqual(['slow'])
    expect(slow.sink.numbers).toEqual([1, 2])
  })

  it('skips a connection when it is not live, but hands ephemeral messages to one that replays', () => {
    const bench = new Bench()
    const modes = (['opening', 'replaying', 'closed', 'live'] as const).map((mode) => {
      const made = bench.join(mode, ['a', 'b'])
      made.connection.mode = mode
      return made
    })
    expect(recipients(bench.deliver(['a']))).toEqual([1])
    expect(recipients(bench.deliver(['a'], ['b']))).toEqual([1, 1])
    expect(bench.deliverEphemeral('a').recipients).toBe(2)
    expect(modes.map(({ sink }) => sink.numbers)).toEqual([[], [0], [], [1, 2, 3, 0]])
  })

  it('gives an ephemeral message no id', () => {
    const bench = new Bench()
    const { sink } = bench.join('x', ['a'])
    bench.deliverEphemeral('a')
    expect(sink.lines).toMatchObject([{ id: null }])
    expect(sink.lines[0]).not.toHaveProperty('message.id')
  })
})

describe('exclude', () => {
  it('leaves the connection out and moves its position when the last message was not for it', () => {
    const bench = new Bench()
    const left = bench.join('left', ['a'])
    const other = bench.join('other', ['a'])
    expect(recipients(bench.deliver(['a'], ['a', 'left']))).toEqual([2, 1])
    expect(left.sink.numbers).toEqual([1])
    expect(left.sink.lines.at(-1)).toEqual({ position: 'e.2' })
    expect(other.sink.numbers).toEqual([1, 2])
    expect(left.connection.messagesSent).toBe(1)
  })

  it('sends a position alone when nothing of the batch is for the connection', () => {
    const bench = new Bench()
    const { sink } = bench.join('left', ['a', 'b'])
    bench.deliver(['a', 'left'], ['b', 'left'])
    expect(sink.lines).toEqual([{ position: 'e.2' }])
  })

  it('sends no position when the last message was for it, and the others in log order', () => {
    const bench = new Bench()
    const { sink } = bench.join('left', ['a', 'b'])
    expect(recipients(bench.deliver(['b'], ['a', 'left'], ['a'], ['b']))).toEqual([1, 0, 1, 1])
    expect(sink.numbers).toEqual([1, 3, 4])
    expect(sink.lines.some(isPosition)).toBe(false)
  })

  it('hands over everything again when the next batch leaves nobody out', () => {
    const bench = new Bench()
    const { sink } = bench.join('left', ['a'])
    bench.deliver(['a', 'left'])
    bench.deliver(['a', 'somebody who is not there'])
    expect(sink.numbers).toEqual([2])
  })

  it('changes nothing for the connection when the message it is left out of is on a channel it does not follow', () => {
    const bench = new Bench()
    const { sink } = bench.join('left', ['a'])
    bench.join('other', ['b'])
    expect(recipients(bench.deliver(['a'], ['b', 'left'], ['a']))).toEqual([1, 1, 1])
    expect(sink.numbers).toEqual([1, 3])
  })

  it('sends no position when the message is ephemeral', () => {
    const bench = new Bench()
    const { sink } = bench.join('left', ['a'])
    bench.fanout.deliver([new Delivery('a', newMessage('a', 0).body, 'left', 0, null)], true)
    expect(sink.lines).toEqual([])
  })
})
