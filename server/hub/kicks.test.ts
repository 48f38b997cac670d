import { expect, it } from 'vitest'
import { createConnection } from '../../tests/support/connection.ts'
import { parsePosition } from '../../shared/protocol.ts'
import type { ConnectionOptions, Principal } from './connection.ts'
import { KickList, type Newcomer } from './kicks.ts'

const NOW = 1_700_000_000_000
const user = (tokenHash: string): Principal => ({ kind: 'user', tokenHash }) as Principal
const newcomer = (given: Partial<Newcomer> = {}): Newcomer => ({
  lastEventId: null,
  ip: '192.0.2.1',
  userAgent: 'test',
  principal: { kind: 'anonymous' },
  channels: ['a'],
  ...given,
})

function kicked(given: Partial<ConnectionOptions> = {}): { kicks: KickList; mark: string } {
  const kicks = new KickList()
  const { connection } = createConnection({ channels: ['a'], ...given })
  return { kicks, mark: kicks.add(connection, { epoch: 'k3f9', offset: 2048 }, NOW).marked }
}

it('marks the position so that it is the same place in the log, in words that nobody else bears', () => {
  const { mark } = kicked()
  expect(mark).toBe('k3f9.02048')
  expect(parsePosition(mark)).toEqual({ epoch: 'k3f9', offset: 2048 })
})

it('knows whoever comes with the mark from the same address, for a minute', () => {
  const { kicks, mark } = kicked()
  expect(kicks.includes(newcomer({ lastEventId: mark }), NOW + 59_999)).toBe(true)
  expect(kicks.includes(newcomer({ lastEventId: mark }), NOW + 60_000)).toBe(false)
  expect(kicks.includes(newcomer({ lastEventId: mark, ip: '192.0.2.2' }), NOW)).toBe(false)
})

it('lets in others of the same address when they come with the plain position or with none', () => {
  const { kicks } = kicked()
  expect(kicks.includes(newcomer({ lastEventId: 'k3f9.2048' }), NOW)).toBe(false)
  expect(kicks.includes(newcomer(), NOW)).toBe(false)
})

it('knows a user by token, address, program and channels, in whatever order those are named', () => {
  const { kicks } = kicked({ principal: user('h1'), channels: ['a', 'b'] })
  const same = { principal: user('h1'), channels: ['b', 'a'] }
  expect(kicks.includes(newcomer(same), NOW)).toBe(true)
  const others = [{ principal: user('h2') }, { ip: '192.0.2.2' }, { userAgent: 'other' }, { channels: ['a'] }]
  expect(others.map((other) => kicks.includes(newcomer({ ...same, ...other }), NOW))).toEqual([
    false,
    false,
    false,
    false,
  ])
  expect(kicks.includes(newcomer(same), NOW + 60_000)).toBe(false)
})

it('knows nobody when nobody was kicked', () => {
  expect(new KickList().includes(newcomer({ lastEventId: 'k3f9.02048' }), NOW)).toBe(false)
})
