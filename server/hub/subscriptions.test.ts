import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { matches } from '../../shared/channel.ts'
import { createConnection } from '../../tests/support/connection.ts'
import type { Connection } from './connection.ts'
import { IDLE_CHANNEL_MS, Subscriptions } from './subscriptions.ts'

const CHANNELS = [
  'a',
  'b',
  'a/a',
  'a/b',
  'b/a/b',
  'a/b/a',
  'admin/stats',
  'room/1',
  'user/a',
  'participant/p',
  'admin',
  'participant',
]
const PATTERNS = [
  ...CHANNELS,
  ...['*', '**', 'a/*', 'a/**', '*/b', '*/**', '*/a/*', 'b/*/b'],
  ...['admin/*', 'admin/**', 'room/*', 'user/**', 'participant/*', '*/stats'],
]

/** The rules once more, slow and plain: names reach their channel; wildcards not everything. */
function follows(privileged: boolean, pattern: string, channel: string): boolean {
  if (pattern === channel) return true
  if (!matches(pattern, channel)) return false
  if (channel.startsWith('participant/')) return false
  return !/^(admin|room|user)\//.test(channel) || privileged || !pattern.startsWith('*')
}

function receivers(subscriptions: Subscriptions, channel: string): string[] {
  const groups = subscriptions.groups(subscriptions.channel(channel))
  return [...new Set(groups.flatMap((group) => [...group].map((connection) => connection.id)))].toSorted()
}

const change = fc.record({ who: fc.nat(3), pattern: fc.constantFrom(...PATTERNS), add: fc.boolean() })

describe('Subscriptions', () => {
  it('finds whom the rules name when patterns come and go at random', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ change, look: fc.constantFrom(...CHANNELS) }), { maxLength: 60, size: 'max' }),
        (steps) => {
          const subscriptions = new Subscriptions()
          const all = [false, false, true, true].map((privileged) => createConnection({ privileged }).connection)
          const model = new Map<Connection, Set<string>>(all.map((connection) => [connection, new Set()]))
          for (const { change, look } of steps) {
            const connection = all[change.who]!
            if (change.add) subscriptions.add(connection, change.pattern)
            else subscriptions.remove(connection, change.pattern)
            if (change.add) model.get(connection)!.add(change.pattern)
            else model.get(connection)!.delete(change.pattern)
            const expected = all.filter((one) => [...model.get(one)!].some((p) => follows(one.privileged, p, look)))
            expect(receivers(subscriptions, look)).toEqual(expected.map(({ id }) => id).toSorted())
            expect(subscriptions.subscribers(subscriptions.channel(look))).toBe(expected.length)
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('keeps the groups it found while the set of patterns stays the same', () => {
    const subscriptions = new Subscriptions()
    const [one, two] = [createConnection().connection, createConnection().connection]
    subscriptions.add(one, 'a/*')
    const channel = subscriptions.channel('a/b')
    subscriptions.groups(channel)
    const found = channel.patternGroups
    subscriptions.add(two, 'a/*')
    subscriptions.add(two, 'a/b')
    expect(subscriptions.groups(channel).map((group) => group.size)).toEqual([1, 2])
    expect(channel.patternGroups).toBe(found)
    subscriptions.add(two, 'a/**')
    expect(subscriptions.groups(channel).length).toBe(3)
    expect(channel.patternGroups).not.toBe(found)
  })

  it('finds a connection by its own channel though it subscribed to nothing', () => {
    const { connection } = createConnection({ id: 'me' })
    const subscriptions = new Subscriptions((id) => (id === 'me' ? connection : undefined))
    expect(receivers(subscriptions, 'connection/me')).toEqual(['me'])
    expect(receivers(subscriptions, 'connection/you')).toEqual([])
  })

  it('counts a connection once and leaves one out when several of its patterns match', () => {
    const subscriptions = new Subscriptions()
    const [one, two] = [createConnection().connection, createConnection().connection]
    for (const pattern of ['a/b', 'a/*', '**']) subscriptions.add(one, pattern)
    subscriptions.add(two, 'a/b')
    const channel = subscriptions.channel('a/b')
    expect(subscriptions.subscribers(channel)).toBe(2)
    expect(subscriptions.subscribers(channel, one.id)).toBe(1)
    expect(subscriptions.subscribers(channel, 'nobody')).toBe(2)
  })
})

describe('sweep', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000_000 }))
  afterEach(() => void vi.useRealTimers())

  it('forgets channels when nobody names them and their last message is long ago', () => {
    const subscriptions = new Subscriptions()
    const { connection } = createConnection()
    subscriptions.add(connection, 'followed')
    subscriptions.channel('fresh').lastMessageAt = Date.now()
    subscriptions.channel('old').lastMessageAt = Date.now() - IDLE_CHANNEL_MS - 1
    subscriptions.channel('never')
    subscriptions.sweep(Date.now() - IDLE_CHANNEL_MS)
    expect([...subscriptions.channels.keys()]).toEqual(['followed', 'fresh'])
  })

  it('forgets a channel at once when its last follower leaves and it had no message of late', () => {
    const subscriptions = new Subscriptions()
    const { connection } = createConnection()
    subscriptions.add(connection, 'quiet')
    subscriptions.add(connection, 'busy')
    subscriptions.channel('busy').lastMessageAt = Date.now()
    subscriptions.remove(connection, 'quiet')
    subscriptions.remove(connection, 'busy')
    expect([...subscriptions.channels.keys()]).toEqual(['busy'])
  })
})

describe('very many channels', () => {
  it('are not remembered without end when nobody follows them, and those that are followed are kept', () => {
    const subscriptions = new Subscriptions()
    const { connection } = createConnection()
    for (let i = 0; i < 100; i++) subscriptions.add(connection, `followed/${i}`)
    for (let i = 0; i < 60_000; i++) subscriptions.channel(`order/${i}`).lastMessageAt = Date.now()
    expect(subscriptions.channels.size).toBeLessThan(20_500)
    for (let i = 0; i < 100; i++) expect(subscriptions.channels.get(`followed/${i}`)?.exact.size).toBe(1)
  })

  it('are all kept when all are followed', () => {
    const subscriptions = new Subscriptions()
    const { connection } = createConnection()
    for (let i = 0; i < 30_000; i++) subscriptions.add(connection, `own/${i}`)
    expect(subscriptions.channels.size).toBe(30_000)
  })
})
