import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  answers,
  ATTRIBUTE,
  lengthOf,
  METHOD,
  readAddress,
  readAttributes,
  readError,
  signingKey,
  writeRequest,
} from './message.ts'
import { readTurnUrl } from './turn-url.ts'

it.each([
  ['turn:turn.example.org', { transport: 'udp', host: 'turn.example.org', port: 3478 }],
  ['turn:10.0.0.1:443?transport=tcp', { transport: 'tcp', host: '10.0.0.1', port: 443 }],
  ['turns:turn.example.org', { transport: 'tls', host: 'turn.example.org', port: 5349 }],
  ['turn:[2001:db8::1]:3479', { transport: 'udp', host: '2001:db8::1', port: 3479 }],
  ['turns:turn.example.org?transport=udp', null],
  ['stun:turn.example.org', null],
  ['turn:', null],
])('reads %s', (url, place) => {
  expect(readTurnUrl(url)).toEqual(place)
})

it('reads what it has written, whatever the attributes hold', () => {
  const attribute = fc.tuple(fc.integer({ min: 0x0100, max: 0x7fff }), fc.uint8Array({ maxLength: 70 }))
  fc.assert(
    fc.property(fc.uniqueArray(attribute, { selector: ([type]) => type }), fc.boolean(), (list, isSigned) => {
      const attributes = list.map(([type, bytes]) => [type, Buffer.from(bytes)] as const)
      const key = isSigned ? signingKey('ada', Buffer.from('realm'), 'secret') : undefined
      const bytes = writeRequest(METHOD.allocate, attributes, key)
      expect(lengthOf(bytes)).toBe(bytes.length)
      const found = readAttributes(bytes)
      expect(found.get(ATTRIBUTE.integrity)?.length).toBe(isSigned ? 20 : undefined)
      for (const [type, value] of attributes) expect(found.get(type)).toEqual(value)
    }),
  )
})

it('tells its own answers from those of others, and survives what is no message', () => {
  const [one, other] = [writeRequest(METHOD.allocate, []), writeRequest(METHOD.allocate, [])]
  expect(answers(one, one)).toBe(true)
  expect(answers(other, one)).toBe(false)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const noise = Buffer.from(bytes)
      readError(readAttributes(noise))
      readAddress(readAttributes(noise).get(ATTRIBUTE.relayed), noise)
      return !answers(noise, one)
    }),
  )
})

// The test vectors of RFC 5769, §2.2 and §2.3: the same address, XORed.
const TRANSACTION = Buffer.from('000000002112a442b7e7a701bc34d686fa87dfae', 'hex')

it.each([
  ['0001a147e112a643', { address: '192.0.2.1', port: 32853 }],
  ['0002a1470113a9faa5d3f179bc25f4b5bed2b9d9', { address: '2001:db8:1234:5678:11:2233:4455:6677', port: 32853 }],
  ['0003a147e112a643', null],
  ['0001a147', null],
])('reads the XORed address %s', (hex, address) => {
  expect(readAddress(Buffer.from(hex, 'hex'), TRANSACTION)).toEqual(address)
})
