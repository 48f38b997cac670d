import { describe, expect, it } from 'vitest'
import { createAddressCheck } from './address.ts'

const PUBLIC = ['93.184.216.34', '8.8.8.8', '172.32.0.1', '100.63.255.255', '2606:4700::1111', '64:ff9b::8.8.8.8']
const PRIVATE = [
  '127.0.0.1',
  '127.255.255.254',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '198.19.0.1',
  '::1',
  'fc00::1',
  'fdff::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:0a00:0001',
  '0:0:0:0:0:ffff:192.168.0.1',
  '::10.0.0.1',
  '64:ff9b::10.0.0.1',
  '64:ff9b::7f00:1',
]
const NEVER = [
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  '192.0.0.192',
  'fd00:ec2::254',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a9fe:a9fe',
  '0.0.0.0',
  '0.1.2.3',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  'ff02::1',
  '2002:7f00:1::1',
  '2001:0:7f00:1::',
  '64:ff9b:1::a00:1',
  '192.0.2.1',
]
const NO_ADDRESS = ['', 'localhost', '1.2.3', '127.1', '2130706433', '0x7f.1', '[::1]', '1.2.3.4:80', ':::']

describe('the check of addresses', () => {
  const strict = createAddressCheck({ all: false, networks: [] })
  const lenient = createAddressCheck({ all: true, networks: [] })

  it.each(PUBLIC)('allows %s, which is public', (address) => {
    expect([strict(address), lenient(address)]).toEqual([true, true])
  })

  it.each(PRIVATE)('allows %s only where private addresses are allowed', (address) => {
    expect([strict(address), lenient(address)]).toEqual([false, true])
  })

  it.each(NEVER)('never allows %s by a general permission', (address) => {
    expect([strict(address), lenient(address)]).toEqual([false, false])
  })

  it.each(NO_ADDRESS)('refuses %j, which is no address', (address) => {
    expect([strict(address), lenient(address)]).toEqual([false, false])
  })

  it('allows what lies in a network that was named, however it is spelled', () => {
    const check = createAddressCheck({ all: false, networks: ['10.1.0.0/16', '169.254.169.254', 'fe80::/10'] })
    expect(['10.1.2.3', '::ffff:10.1.2.3', '169.254.169.254', 'fe80::7%eth0'].map(check)).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect(['10.2.0.1', '169.254.169.253', '127.0.0.1'].map(check)).toEqual([false, false, false])
  })
})
