import { expect, it } from 'vitest'
import { parseNatsUrl } from './nats-address.ts'

it('reads one address, with the default port where none is given', () => {
  expect(parseNatsUrl('nats://localhost')).toEqual({ servers: ['localhost:4222'] })
  expect(parseNatsUrl('nats://[::1]:4333')).toEqual({ servers: ['[::1]:4333'] })
})

it('reads several servers, and who signs in at them', () => {
  expect(parseNatsUrl('nats://ada:p%40ss1@a:1, nats://b:2')).toEqual({
    servers: ['a:1', 'b:2'],
    user: 'ada',
    pass: 'p@ss1',
  })
})

it('takes a user without a password for a token, and tls for every server', () => {
  expect(parseNatsUrl('nats://a,tls://t0ken@b:443')).toEqual({
    servers: ['a:4222', 'b:443'],
    token: 't0ken',
    tls: {},
  })
})

it.each([
  '',
  'nats://',
  'http://a',
  'nats://a,b',
  'nats://a/path',
  'nats://a?x',
  'nats://%zz@a',
  'nats://a b',
  'nats://a,',
])('refuses %j', (text) => {
  expect(parseNatsUrl(text)).toBeNull()
})
