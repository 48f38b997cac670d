import type { IncomingMessage, Server } from 'node:http'
import type { Server as SecureServer } from 'node:https'
import type { Duplex } from 'node:stream'
import { isWebSocketPath } from '../gateways/websocket/index.ts'

export type Upgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => void
type AppServer = Server | SecureServer

/** One hub at one path of a server. */
interface Mount {
  path: string
  take: Upgrade
}

/** The hubs that wait at each server, behind one listener of it. */
const mounts = new WeakMap<AppServer, { at: Set<Mount>; listener: Upgrade }>()

/**
 * Takes the WebSocket upgrades of an app's server that are for `/ws` below `path`, and leaves all others to their
 * listeners. Returns how to stop.
 */
export function attachUpgrades(server: AppServer, path: string, take: Upgrade): () => void {
  const mount = { path: path.replace(/\/+$/, ''), take }
  const { at, listener } = mounts.get(server) ?? listenOn(server)
  at.add(mount)
  return () => {
    if (!at.delete(mount) || at.size > 0) return
    server.off('upgrade', listener)
    mounts.delete(server)
  }
}

function listenOn(server: AppServer) {
  const at = new Set<Mount>()
  const listener: Upgrade = (req, socket, head) => {
    for (const { path, take } of at) {
      const url = below(path, req.url ?? '/')
      if (url !== null && isWebSocketPath({ url })) return take(Object.assign(req, { url }), socket, head)
    }
    // Nobody else would ever answer it.
    if (server.listenerCount('upgrade') === 1) socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
  }
  const entry = { at, listener }
  mounts.set(server, entry)
  server.on('upgrade', listener)
  return entry
}

function below(mount: string, url: string): string | null {
  return url.startsWith(`${mount}/`) ? url.slice(mount.length) : null
}
