import type { TurnPlace } from './link.ts'

/** Reads `turn:host:port?transport=tcp` (RFC 7065); null for what is none, and for DTLS, which nothing here speaks. */
export function readTurnUrl(url: string): TurnPlace | null {
  const parts = /^(turns?):(\[[0-9a-f:.]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/i.exec(url)
  if (parts === null) return null
  const [, scheme = '', host = '', port, transport] = parts
  const isSecure = scheme.toLowerCase() === 'turns'
  if (isSecure && transport?.toLowerCase() === 'udp') return null
  return {
    transport: isSecure ? 'tls' : transport?.toLowerCase() === 'tcp' ? 'tcp' : 'udp',
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port: port === undefined ? (isSecure ? 5349 : 3478) : Number(port),
  }
}
