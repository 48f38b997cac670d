import { describe, expect, it } from 'vitest'
import { isChosen, Roster } from './roster.ts'

describe('the choice of channels', () => {
  it.each([
    [['**'], 'orders/7', true],
    [['orders/*'], 'orders/7', true],
    [['orders/*'], 'orders/7/items', false],
    [['news', 'orders/**'], 'orders/7/items', true],
    [['**'], 'user/ada', false],
    [['*/ada'], 'user/ada', false],
    [['user/*'], 'user/ada', true],
    [['room/**'], 'room/team', true],
    [['**', 'room/**'], 'admin/logs', false],
  ])('of %j takes %s: %s', (patterns, channel, isTaken) => {
    expect(isChosen(patterns, channel)).toBe(isTaken)
  })
})

describe('the roster', () => {
  it('knows who wants what, but for those that are off', () => {
    const roster = new Roster()
    expect(roster.isEmpty).toBe(true)
    roster.set([
      { id: 'a', enabled: true, events: ['channel.occupied'], channels: ['**'] },
      { id: 'b', enabled: true, events: ['channel.occupied', 'connection.opened'], channels: ['orders/**'] },
      { id: 'c', enabled: false, events: ['room.started', 'channel.occupied'], channels: ['**'] },
    ])
    expect([roster.wants('connection.opened'), roster.wants('room.started')]).toEqual([true, false])
    expect(roster.takers('channel.occupied', 'orders/1')).toEqual(['a', 'b'])
    expect(roster.takers('channel.occupied', 'news')).toEqual(['a'])
    expect(roster.takers('channel.vacated', 'news')).toEqual([])
  })
})
