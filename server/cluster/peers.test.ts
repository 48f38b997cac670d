import { describe, expect, it } from 'vitest'
import { describedConnection } from '../../tests/support/connection-info.ts'
import { Members, type NodeStatus } from './members.ts'
import { type PeerRecord, Peers } from './peers.ts'

function record(id: string, channels: string[], given: Partial<PeerRecord> = {}): PeerRecord {
  return {
    info: describedConnection({ id, channels }),
    kind: 'anonymous',
    ownChannels: [],
    secretId: false,
    privileged: false,
    connectedAtMs: 1,
    joinedAtMs: [],
    ...given,
  }
}

function watched(): { peers: Peers; heard: string[] } {
  const heard: string[] = []
  const peers = new Peers({
    joined: ({ id }, channel) => void heard.push(`+${id} ${channel}`),
    left: ({ id }, channel) => void heard.push(`-${id} ${channel}`),
  })
  return { peers, heard }
}

describe('Peers', () => {
  it('tells of each channel that a connection comes to and leaves, by name alone', () => {
    const { peers, heard } = watched()
    peers.put('n', record('x', ['a', 'b', 'c/*'], { ownChannels: ['user/u'] }))
    peers.put('n', record('x', ['b', 'd'], { ownChannels: ['user/u'] }))
    peers.remove('n', 'x')
    expect(heard).toEqual(['+x user/u', '+x a', '+x b', '-x a', '+x d', '-x user/u', '-x b', '-x d'])
    expect([peers.find('x'), peers.isFollowed('b')]).toEqual([undefined, false])
  })

  it('finds those who follow a channel by its name or by a pattern, each once', () => {
    const { peers } = watched()
    peers.put('n', record('named', ['a/1']))
    peers.put('n', record('both', ['a/1', 'a/*']))
    peers.put('m', record('wild', ['**']))
    const ids = (channel: string) => peers.followers(channel).map(({ id }) => id)
    expect([ids('a/1'), ids('a/2'), ids('b')]).toEqual([['named', 'both', 'wild'], ['both', 'wild'], ['wild']])
  })

  it('leaves out wildcards from the reserved namespaces but for the privileged', () => {
    const { peers } = watched()
    peers.put('n', record('user', ['**']))
    peers.put('n', record('admin', ['**'], { privileged: true }))
    expect(peers.followers('admin/logs').map(({ id }) => id)).toEqual(['admin'])
    expect(peers.followers('participant/p')).toEqual([])
  })

  it('drops those of a node that its roll does not name, and no others', () => {
    const { peers, heard } = watched()
    for (const id of ['x', 'y']) peers.put('n', record(id, ['a']))
    peers.put('m', record('z', ['a']))
    peers.retain('n', new Set(['y']))
    expect([...peers.all()].map(({ id }) => id)).toEqual(['y', 'z'])
    expect(heard.at(-1)).toBe('-x a')
  })
})

describe('Members', () => {
  it('gives up a node that is silent for more than nine seconds, once', () => {
    const gone: string[] = []
    const members = new Members((node) => void gone.push(node))
    const status = { head: 0 } as NodeStatus
    members.heard('n', status, 0, 0)
    members.heard('m', status, 5000, 0)
    members.sweep(9000)
    expect(gone).toEqual([])
    members.sweep(9001)
    members.sweep(9002)
    expect([gone, members.has('n'), members.list(9001)]).toEqual([
      ['n'],
      false,
      [{ node: 'm', status, behind: 0, silentMs: 4001 }],
    ])
  })
})
