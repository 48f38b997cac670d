import { describe, expect, it } from 'vitest'
import { faultsOf, toNewKey, type KeyDraft } from './key-draft.ts'
import { keyState } from './key-state.ts'

const NOW = new Date(2026, 10, 20, 12).getTime()
const draft = (part: Partial<KeyDraft> = {}): KeyDraft => ({
  name: ' Shop ',
  scopes: ['publish'],
  channels: '',
  lifetime: 'never',
  lastDay: '',
  ...part,
})

describe('faultsOf', () => {
  it('finds nothing when the draft is whole', () => {
    expect(faultsOf(draft({ channels: 'orders/**\n\n a/*\n' }), NOW)).toBeNull()
  })

  it('names the first pattern that is none', () => {
    expect(faultsOf(draft({ channels: 'orders/7\n**/a\nb c' }), NOW)).toEqual({ channel: '**/a' })
  })

  it('asks for a scope when none is chosen', () => {
    expect(faultsOf(draft({ scopes: [] }), NOW)).toEqual({ scopes: true })
  })

  it.each(['', '2026-11-19', 'soon'])('refuses the last day %j', (lastDay) => {
    expect(faultsOf(draft({ lifetime: 'date', lastDay }), NOW)).toEqual({ lastDay: true })
  })

  it('takes today as the last day', () => {
    expect(faultsOf(draft({ lifetime: 'date', lastDay: '2026-11-20' }), NOW)).toBeNull()
  })

  it('refuses more than 100 patterns', () => {
    const channels = Array.from({ length: 101 }, (_, i) => `c/${i}`).join('\n')
    expect(faultsOf(draft({ channels }), NOW)).toEqual({ tooManyChannels: true })
  })
})

describe('toNewKey', () => {
  it('asks for all channels and no end when nothing is said', () => {
    expect(toNewKey(draft(), NOW)).toEqual({ name: 'Shop', scopes: ['publish'], channels: null, expiresAt: null })
  })

  it('takes each pattern once when it is written twice', () => {
    expect(toNewKey(draft({ channels: 'a, b\na' }), NOW).channels).toEqual(['a', 'b'])
  })

  it('leaves channels out when no scope is limited by them', () => {
    expect(toNewKey(draft({ scopes: ['tokens'], channels: 'a' }), NOW).channels).toBeNull()
  })

  it('ends after so many days, or with the last day', () => {
    expect(toNewKey(draft({ lifetime: '30' }), NOW).expiresAt).toBe(new Date(NOW + 30 * 86_400_000).toISOString())
    const end = new Date(2026, 11, 31, 23, 59, 59, 999).toISOString()
    expect(toNewKey(draft({ lifetime: 'date', lastDay: '2026-12-31' }), NOW).expiresAt).toBe(end)
  })
})

describe('keyState', () => {
  it('is revoked when both revoked and expired', () => {
    const past = new Date(NOW - 1).toISOString()
    expect(keyState({ revokedAt: past, expiresAt: past }, NOW)).toBe('revoked')
    expect(keyState({ revokedAt: null, expiresAt: past }, NOW)).toBe('expired')
    expect(keyState({ revokedAt: null, expiresAt: null }, NOW)).toBe('active')
  })
})
