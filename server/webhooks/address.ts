import { BlockList, isIP } from 'node:net'

/** Which addresses that are not the public internet’s webhooks may reach, beside it. */
export interface PrivateAddresses {
  /** Whether this machine and private networks may be reached. */
  all: boolean
  /** Networks that may be reached whatever else holds, `10.1.0.0/16`. */
  networks: readonly string[]
}

/** This machine and private networks (IANA special-purpose registries, RFC 6890). */
const PRIVATE = blockList([
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '::1/128',
  'fc00::/7',
])
/** Link-local, where clouds keep the secrets of their machines, and what is no single host. Has to be named. */
const NEVER = blockList([
  '0.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  // Where Alibaba’s and Oracle’s clouds, and Amazon’s over IPv6, keep them.
  '100.100.100.200/32',
  '192.0.0.192/32',
  'fd00:ec2::254/128',
  '::/128',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
])

/** Returns what tells whether webhooks may reach an IP address. Whatever is no address is not allowed. */
export function createAddressCheck({ all, networks }: PrivateAddresses): (address: string) => boolean {
  const named = blockList(networks)
  return (text) => {
    const address = plainAddress(text)
    if (address === null) return false
    if (isIn(named, address)) return true
    return !isIn(NEVER, address) && (all || !isIn(PRIVATE, address))
  }
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6'
    list.addSubnet(address, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family)
  }
  return list
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}

/** Returns an address without its zone, and the IPv4 address where IPv6 merely carries one; null when it is none. */
function plainAddress(text: string): string | null {
  const address = text.replace(/%.*$/, '')
  if (isIP(address) !== 6) return isIP(address) === 4 ? address : null
  const groups = groupsOf(address)
  const carries = [0, 1, 2, 3, 4].every((i) => groups[i] === 0) && (groups[5] === 0xffff || groups[5] === 0)
  // IPv4-mapped and -compatible (RFC 4291 §2.5.5); NAT64 (RFC 6052 §2.1), which a gateway turns back into IPv4.
  const isNat64 = groups[0] === 0x64 && groups[1] === 0xff9b && [2, 3, 4, 5].every((i) => groups[i] === 0)
  const isOwn = groups[6] === 0 && groups[7]! <= 1 && groups[5] === 0
  if (isOwn || !(carries || isNat64)) return address
  const [high, low] = [groups[6]!, groups[7]!]
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}

/** Parts a valid IPv6 address into its eight groups. */
function groupsOf(address: string): number[] {
  // The URL parser writes every spelling the one short way, all in hexadecimal.
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head = [], tail] = short.split('::').map((part) => (part === '' ? [] : part.split(':')))
  if (tail === undefined) return head.map(hex)
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0')
  return [...head, ...zeros, ...tail].map(hex)
}

const hex = (group: string) => Number.parseInt(group, 16)
