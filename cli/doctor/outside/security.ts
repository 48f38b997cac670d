import { connect, type PeerCertificate, type TLSSocket } from 'node:tls'
import { reasonOf } from '../../hub-api.ts'
import type { Finding } from '../finding.ts'
import { nameFor } from '../../turn/link.ts'
import { linesFor } from '../proxies.ts'
import { isLoopback } from '../../../shared/network.ts'
import { PATIENCE_MS, type Target } from './target.ts'

/** A certificate that ends sooner ought to have been renewed. */
const RENEWED_BEFORE_DAYS = 14
const DAY_MS = 86_400_000

/** What a TLS handshake has shown. */
export interface Handshake {
  /** `h2`, `http/1.1`, or false where nobody asked. */
  protocol: string | false | null
  /** Why browsers refuse the certificate; null when they do not. */
  fault: string | null
  validTo: number
}

/** Looks at the certificate, and which HTTP browsers get. */
export async function security(target: Target): Promise<Finding[]> {
  const { protocol, hostname, port } = new URL(target.url)
  if (protocol !== 'https:') return [plainText(hostname)]
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const seen = await shakeHands(host, Number(port || 443)).catch((error: unknown) => reasonOf(error))
  if (typeof seen === 'string') return [{ check: 'TLS', outcome: 'fail', says: `no handshake: ${seen}` }]
  return [judgeCertificate(seen, Date.now()), judgeProtocol(seen, target)]
}

function plainText(host: string): Finding {
  if (isLoopback(host)) return { check: 'TLS', outcome: 'skip', says: 'plain http, on this machine alone' }
  return {
    check: 'TLS',
    outcome: 'warn',
    says: 'plain http: tokens can be read on the way, and browsers open six connections for all tabs together',
    change: ['let a proxy end TLS; Caddy fetches its certificate by itself'],
    see: 'http-version',
  }
}

function shakeHands(host: string, port: number): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    const options = { host, port, ALPNProtocols: ['h2', 'http/1.1'], rejectUnauthorized: false, ...nameFor(host) }
    const socket: TLSSocket = connect(options, () => {
      const { valid_to: validTo }: PeerCertificate = socket.getPeerCertificate()
      const fault = socket.authorized ? null : String(socket.authorizationError)
      resolve({ protocol: socket.alpnProtocol, fault, validTo: Date.parse(validTo) })
      socket.destroy()
    })
    socket.setTimeout(2 * PATIENCE_MS, () => socket.destroy(new DOMException('no answer', 'TimeoutError')))
    socket.on('error', reject)
  })
}

/** Says how long a certificate is still good, and whether browsers take it. */
export function judgeCertificate({ fault, validTo }: Handshake, now: number): Finding {
  const days = Math.floor((validTo - now) / DAY_MS)
  const renew = ['renew it: `certbot renew`, or let Caddy do so by itself']
  if (days < 0) return { check: 'TLS', outcome: 'fail', says: `the certificate ended ${-days} days ago`, change: renew }
  if (fault !== null) {
    const change = ['serve a certificate for this very name, with the ones in between that lead to a known issuer']
    return { check: 'TLS', outcome: 'fail', says: `browsers refuse the certificate (${fault})`, change }
  }
  if (days >= RENEWED_BEFORE_DAYS)
    return { check: 'TLS', outcome: 'ok', says: `the certificate is good for ${days} days` }
  return { check: 'TLS', outcome: 'warn', says: `the certificate ends in ${days} days`, change: renew }
}

function judgeProtocol({ protocol }: Handshake, { proxy }: Target): Finding {
  if (protocol === 'h2') {
    return { check: 'HTTP version', outcome: 'ok', says: 'HTTP/2: all tabs of a browser share one connection' }
  }
  return {
    check: 'HTTP version',
    outcome: 'warn',
    says: 'HTTP/1.1: a browser opens six connections for all tabs together, and each stream takes one',
    change: [
      ...linesFor(proxy, { nginx: 'listen 443 ssl; http2 on;', HAProxy: 'bind :443 ssl crt … alpn h2,http/1.1' }),
      'or `share: true` in the client library: one connection for all tabs',
    ],
    see: 'http-version',
  }
}
