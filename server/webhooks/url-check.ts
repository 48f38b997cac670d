import { isIP } from 'node:net'

/**
 * Says what is wrong with an address that names a host which may not be reached; null when nothing is. Other names are
 * looked up when they are connected to: what they stand for may change.
 */
export function literalFault(url: string, isAllowed: (address: string) => boolean): string | null {
  // The parser has turned every spelling of an IPv4 address into the usual one.
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const address = host === 'localhost' || host.endsWith('.localhost') ? '127.0.0.1' : host
  if (isIP(address) === 0 || isAllowed(address)) return null
  return `${host} is not on the public internet; WEBHOOK_PRIVATE_ADDRESSES says which of such addresses may be reached`
}
