import { describe, expect, it } from 'vitest'
import { defaultSettings } from '../../shared/settings.ts'
import { createIceServers } from './ice.ts'

const STUN = ['stun:stun.example.org:3478']
const TURN = ['turn:turn.example.org:3478', 'turns:turn.example.org:5349?transport=tcp']
const now = () => Date.parse('2026-01-01T00:00:00Z')
const settings = { values: { ...defaultSettings(), stun_urls: STUN } }

describe('ICE servers', () => {
  it('carry credentials that coturn makes out by the secret, and say when those end', () => {
    const offer = createIceServers({ settings, turnUrls: TURN, turnSecret: 'north', now })('p1')
    // printf 1767240000:p1 | openssl dgst -sha1 -hmac north -binary | base64
    const turn = { urls: TURN, username: '1767240000:p1', credential: '+doawgqbxym2BMmYWvQM1nVtz/0=' }
    expect(offer).toEqual({ iceServers: [{ urls: STUN }, turn], iceExpiresAt: '2026-01-01T04:00:00.000Z' })
  })

  it('leave TURN out without a secret, and STUN when none is set', () => {
    expect(createIceServers({ settings, turnUrls: TURN, turnSecret: null })('p1')).toEqual({
      iceServers: [{ urls: STUN }],
      iceExpiresAt: null,
    })
    const none = { values: { ...settings.values, stun_urls: [] } }
    expect(createIceServers({ settings: none, turnUrls: [], turnSecret: 'x' })('p1').iceServers).toEqual([])
  })

  it('follow the setting as it stands when asked', () => {
    const live = { values: { ...settings.values } }
    const give = createIceServers({ settings: live, turnUrls: [], turnSecret: null })
    live.values.stun_urls = ['stun:other.example.org']
    expect(give('p1').iceServers).toEqual([{ urls: ['stun:other.example.org'] }])
  })
})
