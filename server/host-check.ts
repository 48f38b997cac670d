import type { IncomingMessage } from 'node:http'
import { YayinError } from '../shared/errors.ts'
import { isLoopback } from '../shared/network.ts'

/** Says what is wrong with the Host that a request was sent to; null when nothing is. */
export type HostCheck = (req: Pick<IncomingMessage, 'headers'>) => YayinError | null

interface HostOptions {
  /** Where the server listens. */
  host: string
  publicUrl: string | null
  trustProxy: boolean | number | string
}

/**
 * Guards a server that listens on this machine alone against DNS rebinding: a web page whose name was made to point
 * here still sends its own name as Host. A server that others reach, or that trusts a proxy to look, takes any.
 */
export function createHostCheck({ host, publicUrl, trustProxy }: HostOptions): HostCheck {
  if (!isLoopback(host.toLowerCase()) || trustProxy !== false) return () => null
  const publicName = publicUrl === null ? null : nameOf(new URL(publicUrl).host)
  let allowed = ''
  return ({ headers }) => {
    // HTTP/1.0 needs no Host; browsers always send one, and nearly always the same.
    if (headers.host === undefined || headers.host === allowed) return null
    const name = nameOf(headers.host)
    if (isLoopback(name) || name.endsWith('.localhost') || name === publicName) {
      allowed = headers.host
      return null
    }
    const detail = `This server is reached as localhost; set PUBLIC_URL to reach it as ${JSON.stringify(name.slice(0, 100))}.`
    return new YayinError('forbidden_host', detail)
  }
}

/** Returns a host's name in lower case, without port, brackets and the root's dot. */
function nameOf(host: string): string {
  const name = host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1')
  return name.replace(/\.$/, '').toLowerCase()
}
