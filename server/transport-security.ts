import type { ServerResponse } from 'node:http'
import type { Asking, TrustProxy } from './auth/client-ip.ts'

/** Tells browsers that came by https to stay with it (RFC 6797); does nothing for all others. */
export type TransportSecurity = (req: Asking, res: Pick<ServerResponse, 'setHeader'>) => void

const ONE_YEAR = 'max-age=31536000'

interface TransportOptions {
  publicUrl: string | null
  trustProxy: boolean | number | string
  trust: TrustProxy
}

/**
 * The server itself speaks plain http, so https is what PUBLIC_URL says of its own name, or what a trusted proxy says.
 * A hub that is reached by http, as on one's own machine, must stay so.
 */
export function createTransportSecurity({ publicUrl, trustProxy, trust }: TransportOptions): TransportSecurity {
  const secureHost = publicUrl?.startsWith('https:') ? new URL(publicUrl).host : null
  if (secureHost === null && trustProxy === false) return () => undefined
  return (req, res) => {
    const byProxy =
      req.headers['x-forwarded-proto'] === 'https' && trust(req.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '', 0)
    if (byProxy || req.headers.host === secureHost) res.setHeader('Strict-Transport-Security', ONE_YEAR)
  }
}
