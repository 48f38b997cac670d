import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createHostCheck } from './host-check.ts'

const asked = (host: string | undefined) => ({ headers: host === undefined ? {} : { host } }) as IncomingMessage
const codeOf = (check: ReturnType<typeof createHostCheck>, host?: string) => check(asked(host))?.code ?? null

describe('a server on this machine alone', () => {
  const check = createHostCheck({ host: '127.0.0.1', publicUrl: 'https://hub.example.org', trustProxy: false })

  it.each(['localhost', 'localhost:3000', 'LOCALHOST.', '127.0.0.1:80', '127.1.2.3', '[::1]:3000', 'a.localhost:1'])(
    'takes a request to %s',
    (host) => expect(codeOf(check, host)).toBeNull(),
  )

  it('takes requests to its public name, and those of HTTP/1.0 without any', () => {
    expect(codeOf(check, 'hub.example.org')).toBeNull()
    expect(codeOf(check, 'Hub.Example.org:443')).toBeNull()
    expect(codeOf(check)).toBeNull()
  })

  it.each([
    'evil.example',
    'evil.example:3000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evillocalhost',
    '',
  ])('refuses a request to %j', (host) => expect(codeOf(check, host)).toBe('forbidden_host'))
})

it.each([
  { host: '0.0.0.0', trustProxy: false },
  { host: '::', trustProxy: false },
  { host: '192.0.2.1', trustProxy: false },
  { host: '127.0.0.1', trustProxy: 1 },
  { host: '127.0.0.1', trustProxy: 'loopback' },
])('takes any name when it is %j', (options) => {
  expect(codeOf(createHostCheck({ ...options, publicUrl: null }), 'evil.example')).toBeNull()
})

it.each(['localhost', '::1', '127.0.0.2'])('guards when it listens on %s', (host) => {
  const check = createHostCheck({ host, publicUrl: null, trustProxy: false })
  expect([codeOf(check, 'localhost:3000'), codeOf(check, 'evil.example')]).toEqual([null, 'forbidden_host'])
})
