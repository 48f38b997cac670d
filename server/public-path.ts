import type { IncomingMessage } from 'node:http'
import { hasMount, setMount } from './auth/mount.ts'
import { isOwnPath } from './embed/own-paths.ts'
import { isWebSocketPath } from './gateways/websocket/index.ts'

/** Notes below which path of its site a request's client sees the hub, and takes that path off its address. */
export type PublicPath = (req: IncomingMessage) => void

/**
 * Fits requests to the path of `publicUrl`; returns null when there is none. A proxy may have taken the path off or left
 * it there, and some come past the proxy: all of them find the hub.
 */
export function createPublicPath(publicUrl: string | null): PublicPath | null {
  const mount = publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '')
  if (mount === '') return null
  return (req) => {
    // An app that has the hub within it knows better.
    if (hasMount(req)) return
    setMount(req, mount)
    const { url = '/' } = req
    const rest = belowMount(mount, url)
    // What lies at such an address already was brought here without the path, whose first segment is called the same.
    if (rest !== null && !isOwnPath(url.split('?', 1)[0]!) && !isWebSocketPath(req)) req.url = rest
  }
}

/** The address from the hub's root on; null when it is not below `mount`. */
function belowMount(mount: string, url: string): string | null {
  if (!url.startsWith(mount)) return null
  const rest = url.slice(mount.length)
  if (rest === '' || rest.startsWith('?')) return `/${rest}`
  return rest.startsWith('/') ? rest : null
}
