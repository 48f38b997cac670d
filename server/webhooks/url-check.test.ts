import { describe, expect, it } from 'vitest'
import { createAddressCheck } from './address.ts'
import { literalFault } from './url-check.ts'

describe('the check of an address to send to', () => {
  const isAllowed = createAddressCheck({ all: false, networks: [] })

  it.each([
    'http://127.0.0.1/hook',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://[::1]:8080/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://localhost:3000/',
    'http://LOCALHOST./',
    'http://api.localhost/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://10.0.0.1/',
  ])('refuses %s', (url) => {
    expect(literalFault(url, isAllowed)).toMatch(/WEBHOOK_PRIVATE_ADDRESSES/)
  })

  it.each(['https://example.org/hook', 'http://93.184.216.34/', 'http://[2606:4700::1111]/'])('takes %s', (url) => {
    expect(literalFault(url, isAllowed)).toBeNull()
  })
})
