import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { linesOf } from '../../tests/support/connection.ts'
import { startHub, type TestHub, turn } from '../../tests/support/hub.ts'
import type { Member } from '../../shared/protocol.ts'
import { memberPage } from './presence-member.ts'

let test: TestHub
beforeEach(async () => {
  test = await startHub()
})
afterEach(() => test.hub.stop())

const user = (userId: string) => ({ userId, name: userId.toUpperCase(), principal: { kind: 'user' } })

/** What a connection was told of comings and goings: `+ada`, `-ada`. */
function news({ sink }: Pick<ReturnType<TestHub['connect']>, 'sink'>): string[] {
  return sink.writes.flatMap(linesOf).flatMap((line) => {
    if (!('message' in line)) return []
    const { type, member } = line.message as { type: string; member: { userId?: string; connectionId: string } }
    const sign = type === 'presence_join' ? '+' : type === 'presence_leave' ? '-' : null
    return sign === null ? [] : [sign + (member.userId ?? member.connectionId)]
  })
}

/** The connections that each frame about a user named. */
function namedOf({ sink }: Pick<ReturnType<TestHub['connect']>, 'sink'>, userId: string): string[][] {
  return sink.writes.flatMap(linesOf).flatMap((line) => {
    const { member } = ('message' in line ? line.message : {}) as { member?: Member }
    return member?.userId === userId ? [[member.connectionId, ...member.connections]] : []
  })
}

describe('presence', () => {
  it('tells a user’s first connection and last, and each anonymous one', async () => {
    const watcher = test.connect({ channels: ['a'], presence: true })
    const tabs = [1, 2, 3].map(() => test.connect({ channels: ['a'], ...user('ada') }).connection)
    const nameless = test.connect({ channels: ['a'] }).connection
    await turn()
    expect(news(watcher)).toEqual(['+ada', `+${nameless.id}`])
    for (const tab of tabs.slice(0, 2)) test.hub.remove(tab, 'closed')
    await turn()
    expect(news(watcher)).toHaveLength(2)
    test.hub.remove(tabs[2]!, 'closed')
    test.hub.remove(nameless, 'closed')
    await turn()
    expect(news(watcher).slice(2)).toEqual(['-ada', `-${nameless.id}`])
    // Each tells of one connection, and not of the same one.
    expect(namedOf(watcher, 'ada')).toEqual([tabs[0]!, tabs[2]!].map(({ id }) => [id, id]))
  })

  it('counts who came before anybody asked', async () => {
    const tabs = [1, 2].map(() => test.connect({ channels: ['a'], ...user('ada') }).connection)
    const watcher = test.connect({ channels: ['a'], presence: true })
    test.hub.remove(tabs[0]!, 'closed')
    await turn()
    expect(news(watcher)).toEqual([])
    test.hub.remove(tabs[1]!, 'closed')
    await turn()
    expect(news(watcher)).toEqual(['-ada'])
  })

  it('tells nothing of other channels, of oneself, or to who did not ask or stopped asking', async () => {
    const watcher = test.connect({ channels: ['a', 'b/*'], presence: true })
    const silent = test.connect({ channels: ['a'] })
    test.connect({ channels: ['c'], ...user('ada') })
    test.connect({ channels: ['b/1'], ...user('bob') })
    await turn()
    expect(news(watcher)).toEqual([`+${silent.connection.id}`, '+bob'])
    expect(news(silent)).toEqual([])
    test.hub.following.change(watcher.connection, ['a'], ['b/*'], false)
    test.connect({ channels: ['a', 'b/1'], ...user('eve') })
    await turn()
    expect(news(watcher)).toHaveLength(2)
  })

  it('follows changes of an open connection’s channels', async () => {
    const watcher = test.connect({ channels: ['a'], presence: true })
    const { connection } = test.connect({ channels: ['b'], ...user('ada') })
    test.hub.following.change(connection, ['a'], [])
    test.hub.following.change(connection, ['a'], [])
    test.hub.following.change(connection, [], ['a'])
    test.hub.following.change(connection, [], ['a'])
    await turn()
    expect(news(watcher)).toEqual(['+ada', '-ada'])
  })

  it('tells nobody whose stream has not been greeted, and costs nothing when all leave at once', async () => {
    const watchers = [1, 2, 3].map(() => test.connect({ channels: ['a'], presence: true }))
    await turn()
    const before = watchers.map((watcher) => watcher.sink.writes.length)
    for (const { connection } of watchers) test.hub.remove(connection, 'shutdown')
    await turn()
    expect(watchers.map((watcher) => watcher.sink.writes.length)).toEqual(before)
  })
})

describe('the list of members', () => {
  it('names people alone: a key’s name, and the address that an admin signs in by, are for admins', () => {
    test.connect({ channels: ['a'], ...user('ada') })
    test.connect({ channels: ['a'], userId: 'u1', name: 'ece@example.org', principal: { kind: 'admin' } })
    test.connect({ channels: ['a'], name: 'Billing', principal: { kind: 'key' } })
    const namesFor = (seesAll: boolean) =>
      memberPage('a', test.hub.presence.members('a'), { limit: 9 }, () => seesAll).members.map(({ name }) => name)
    expect(namesFor(false)).toEqual(['ADA', undefined, undefined])
    expect(namesFor(true)).toEqual(['ADA', 'ece@example.org', 'Billing'])
  })

  it('holds a user once with all connections, in pages, and hides ids that are secrets', () => {
    const first = test.connect({ channels: ['a'], ...user('ada') }).connection
    const hidden = test.connect({ channels: ['a'], secretId: true }).connection
    const second = test.connect({ channels: ['a', 'b'], ...user('ada') }).connection
    test.connect({ channels: ['a'], userId: 'ada', principal: { kind: 'admin' } })
    test.connect({ channels: ['*'] })
    const members = test.hub.presence.members('a')
    const page = memberPage('a', members, { limit: 2 }, () => false)
    expect(page.members).toEqual([
      {
        connectionId: first.id,
        userId: 'ada',
        name: 'ADA',
        joinedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        connections: [first.id, second.id],
      },
      { connectionId: expect.any(String), joinedAt: expect.any(String), connections: [expect.any(String)] },
    ])
    expect(JSON.stringify(page)).not.toContain(`"${hidden.id}"`)
    const rest = memberPage('a', members, { limit: 2, cursor: page.nextCursor! }, () => false)
    expect(rest).toMatchObject({ members: [{ userId: 'ada' }], nextCursor: null })
    expect(memberPage('a', members, { limit: 2 }, () => true).members[1]!.connectionId).toBe(hidden.id)
    const gone = test.connect({ channels: [] }).connection.id
    expect(memberPage('a', members, { limit: 2, cursor: gone }, () => false).members).toEqual([])
    expect(() => memberPage('a', members, { limit: 2, cursor: 'a//b' }, () => false)).toThrow(
      'is no cursor of this list',
    )
    expect(test.hub.presence.members('nobody')).toEqual([])
  })
})
