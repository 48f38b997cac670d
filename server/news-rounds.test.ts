import { describe, expect, it } from 'vitest'
import type { ChannelInfo } from '../shared/api.ts'
import { createConnection } from '../tests/support/connection.ts'
import { createChannelRound } from './channel-news.ts'
import { createFiguresRound } from './connection-news.ts'
import { Channel } from './hub/subscriptions.ts'

describe('the round of figures', () => {
  it('tells of those who were sent something, each once, however many calls it takes to get round', () => {
    const all = new Map(
      Array.from({ length: 5 }, (_, i) => [`c${i}`, createConnection({ id: `c${i}` }).connection] as const),
    )
    const round = createFiguresRound(() => all, 2)
    const idsOf = (turns: number) => Array.from({ length: turns }, () => round.next().map(([id]) => id)).flat()
    expect(idsOf(4)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4'])
    expect(idsOf(4)).toEqual([])
    all.get('c3')!.send(Buffer.from('x'))
    expect(idsOf(4)).toEqual(['c3'])
  })
})

describe('the round of channels', () => {
  it('tells of what is different, and of those that are not listed any more', () => {
    const all = new Map(['a', 'b', 'c'].map((name) => [name, new Channel(name)]))
    const subscribers: Record<string, number> = { a: 1, b: 2, c: 0 }
    const describeChannel = ({ name }: Channel): ChannelInfo => {
      return { name, subscribers: subscribers[name]!, messagesPerSecond: 0, bytesPerSecond: 0, lastMessageAt: null }
    }
    const round = createChannelRound(() => all, describeChannel)
    const next = () => {
      const { channels, gone } = round.next()
      return { channels: channels.map(({ name }) => name), gone }
    }
    expect(next()).toEqual({ channels: ['a', 'b'], gone: [] })
    expect(next()).toEqual({ channels: [], gone: [] })
    subscribers.b = 3
    subscribers.a = 0
    expect(next()).toEqual({ channels: ['b'], gone: ['a'] })
    all.delete('b')
    expect(next()).toEqual({ channels: [], gone: ['b'] })
  })
})
