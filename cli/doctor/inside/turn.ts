import { isIPv4, isIPv6 } from 'node:net'
import type { Config } from '../../../server/config.ts'
import { makeTurnCredentials } from '../../../server/video/ice.ts'
import { reasonOf } from '../../hub-api.ts'
import { allocate, type Allocation, type TurnCredentials } from '../../turn/allocate.ts'
import { readTurnUrl } from '../../turn/turn-url.ts'
import type { Finding } from '../finding.ts'

const TIMEOUT_MS = 5000
const LIFETIME_SECONDS = 300

/** Asks each TURN server for a relay address, with credentials as participants of a room get them. */
export async function turn({ turnUrls, turnSecret }: Config): Promise<Finding[]> {
  if (turnUrls.length === 0) {
    const says = 'there is none: people behind strict routers will not see each other'
    return [{ check: 'TURN', outcome: 'skip', says, change: ['TURN_URLS and TURN_SECRET, for calls'], see: 'turn' }]
  }
  if (turnSecret === null) {
    const says = 'TURN_URLS is set and TURN_SECRET is not, so that browsers are told of no server'
    return [{ check: 'TURN', outcome: 'fail', says, change: ['TURN_SECRET, coturn’s static-auth-secret'], see: 'turn' }]
  }
  const credentials = makeTurnCredentials(turnSecret, 'doctor', Math.floor(Date.now() / 1000) + LIFETIME_SECONDS)
  return Promise.all(turnUrls.map((url) => lookAt(url, credentials)))
}

async function lookAt(url: string, credentials: TurnCredentials): Promise<Finding> {
  const place = readTurnUrl(url)
  if (place === null) return { check: 'TURN', outcome: 'skip', says: `${url} is for browsers alone to try` }
  try {
    return judge(url, place.host, await allocate(place, credentials, TIMEOUT_MS))
  } catch (error) {
    const { transport, port } = place
    return {
      check: 'TURN',
      outcome: 'fail',
      says: `${url} does not answer: ${reasonOf(error)}`,
      change: [`start it, and open ${port} for ${transport === 'udp' ? 'UDP' : 'TCP'} in every firewall on the way`],
      see: 'turn',
    }
  }
}

function judge(url: string, host: string, allocation: Allocation): Finding {
  const finding = { check: 'TURN', see: 'turn' } as const
  if (allocation.kind === 'refused') {
    const { code, reason } = allocation
    const says = `${url} refuses (${code} ${reason})`.replace(' )', ')')
    if (code !== 401) return { ...finding, outcome: 'fail', says, change: CHANGES[code] ?? ['its own log says why'] }
    const change = [
      'make TURN_SECRET the same as coturn’s static-auth-secret, with use-auth-secret set',
      'and look at both clocks: the credentials hold for a time',
    ]
    return { ...finding, outcome: 'fail', says: `${says}: TURN_SECRET is not the server’s`, change }
  }
  const { address } = allocation
  if (!isPrivate(address) || isPrivate(host))
    return { check: 'TURN', outcome: 'ok', says: `${url} relays by ${address}` }
  const change = ['external-ip=<public address> in turnserver.conf']
  const says = `${url} relays by ${address}, which is a private address that nobody outside reaches`
  return { ...finding, outcome: 'warn', says, change }
}

const CHANGES: Readonly<Record<number, readonly string[]>> = {
  486: ['raise user-quota or total-quota in turnserver.conf'],
  508: ['widen min-port and max-port in turnserver.conf'],
}

/** Tells whether an address is for one network alone (RFC 1918, RFC 6598, loopback); names are taken for public ones. */
export function isPrivate(address: string): boolean {
  if (isIPv6(address)) return /^(::1$|f[cd]|fe80)/i.test(address)
  if (!isIPv4(address)) return address === 'localhost'
  return /^(10|127)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(address)
}
