import { type IncomingMessage, ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import { compileTrust } from './auth/client-ip.ts'
import { createTransportSecurity } from './transport-security.ts'

function hstsOf(
  publicUrl: string | null,
  trustProxy: false | number | string,
  headers: Record<string, string>,
  from = '10.0.0.1',
) {
  const req = { headers, method: 'GET', socket: { remoteAddress: from } } as unknown as IncomingMessage
  const res = new ServerResponse(req)
  createTransportSecurity({ publicUrl, trustProxy, trust: compileTrust(trustProxy) })(req, res)
  return res.getHeader('Strict-Transport-Security') ?? null
}
const host = 'hub.example.org'

it('is told when the public address is https and the request was sent to it', () => {
  expect(hstsOf('https://hub.example.org', false, { host })).toBe('max-age=31536000')
  expect(hstsOf('https://hub.example.org', false, { host: 'localhost:3000' })).toBeNull()
  expect(hstsOf('http://hub.example.org', false, { host })).toBeNull()
})

it('is told when a trusted proxy says https, and not when anybody else does', () => {
  const headers = { host, 'x-forwarded-proto': 'https' }
  expect(hstsOf(null, '10.0.0.0/8', headers)).toBe('max-age=31536000')
  expect(hstsOf(null, '10.0.0.0/8', headers, '::ffff:10.0.0.1')).toBe('max-age=31536000')
  expect(hstsOf(null, '10.0.0.0/8', headers, '192.0.2.1')).toBeNull()
  expect(hstsOf(null, false, headers)).toBeNull()
  expect(hstsOf(null, 1, { host, 'x-forwarded-proto': 'http' })).toBeNull()
})
