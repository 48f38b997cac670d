import { describe, expect, it } from 'vitest'
import { readIceUrl } from './ice-url.ts'

describe('readIceUrl', () => {
  it.each([
    ['stun:stun.example.org:3478', 'stun', 'udp'],
    ['turn:turn.example.org:3478', 'turn', 'udp'],
    ['turn:turn.example.org:3478?transport=udp', 'turn', 'udp'],
    ['turn:turn.example.org?transport=tcp', 'turn', 'tcp'],
    ['turns:turn.example.org:5349?transport=tcp', 'turn', 'tls'],
    ['turns:turn.example.org', 'turn', 'tls'],
    ['turns:turn.example.org?transport=udp', 'turn', 'dtls'],
    ['TURN:turn.example.org?transport=TCP', 'turn', 'tcp'],
  ])('reads %s as %s over %s', (url, kind, transport) => {
    expect(readIceUrl(url)).toEqual({ url, kind, transport })
  })
})
