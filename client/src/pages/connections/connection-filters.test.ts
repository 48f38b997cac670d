import { describe, expect, it } from 'vitest'
import type { ConnectionInfo } from '../../../../shared/api.ts'
import { comesFrom, follows, isOf } from './connection-filters.ts'

const row = (part: Partial<ConnectionInfo>) => part as ConnectionInfo

describe('the filters of the connections', () => {
  it.each([
    [['orders/7'], 'orders/7', true],
    [['orders/*'], 'orders/7', true],
    [['orders/*'], 'orders/*', true],
    [['orders/7'], 'orders/*', true],
    [['orders/7'], 'orders', false],
    [['news'], 'orders/7', false],
    [['orders/7'], 'ders/', true],
  ])('by channel: who follows %j is shown for %s: %s', (channels, wanted, shown) => {
    expect(follows(row({ channels }), wanted)).toBe(shown)
  })

  it('by user: the id whole, the name in part', () => {
    expect(isOf(row({ userId: 'ada', name: 'Ada Lovelace' }), 'ada')).toBe(true)
    expect(isOf(row({ userId: 'u1', name: 'Ada Lovelace' }), 'love')).toBe(true)
    expect(isOf(row({ userId: 'u12', name: null }), 'u1')).toBe(false)
  })

  it('by address: from its beginning', () => {
    expect(comesFrom(row({ ip: '10.0.0.7' }), '10.0.')).toBe(true)
    expect(comesFrom(row({ ip: '110.0.0.7' }), '10.0.')).toBe(false)
  })
})
