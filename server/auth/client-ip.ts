import type { IncomingMessage } from 'node:http'
import proxyAddr from 'proxy-addr'

/** Tells whether the proxy at `address`, `hop` steps away from here, is believed. */
export type TrustProxy = (address: string, hop: number) => boolean

/** A request, as far as it shows who asks. */
export interface Asking {
  headers: IncomingMessage['headers']
  socket: { readonly remoteAddress?: string | undefined }
}

/** Compiles `TRUST_PROXY`: nobody, a number of hops, or a list of addresses, networks and their names. */
export function compileTrust(trust: boolean | number | string): TrustProxy {
  if (trust === false) return trustNobody
  if (trust === true) return () => true
  if (typeof trust === 'number') return (_address, hop) => hop < trust
  return proxyAddr.compile(trust.split(',').map((part) => part.trim()))
}

const trustNobody: TrustProxy = () => false

/** Returns the client's address, behind the proxies that are believed; an IPv4 address inside IPv6 in its usual form. */
export function clientIpOf(req: Asking, trust: TrustProxy): string {
  if (trust === trustNobody) return plainAddress(req.socket.remoteAddress ?? '')
  return plainAddress(proxyAddr(req as IncomingMessage, trust) ?? '')
}

/** Returns the client's address as Express found it. */
export function clientIp(req: { ip?: string | undefined }): string {
  return plainAddress(req.ip ?? '')
}

function plainAddress(ip: string): string {
  return ip.startsWith('::ffff:') ? ip.slice(7) : ip
}
