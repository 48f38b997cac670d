import type { Server } from 'node:http'
import type { Hub } from './hub/hub.ts'

/** Clients are told to come back at a moment of their own within this time, in milliseconds. */
const SPREAD_MS = 5000
const LEAST_RETRY_MS = 500
/** How long requests under way may still take, in milliseconds. */
const REQUESTS_MS = 4000

/** Tells every client that the server goes and when to come again (contract §2), then closes it. */
export function dismissAll(hub: Hub): void {
  for (const connection of [...hub.connections.values()]) {
    const retryMs = Math.round(LEAST_RETRY_MS + Math.random() * SPREAD_MS)
    hub.dismiss(connection, { reason: 'shutdown', reconnect: true, retryMs })
  }
}

/** Takes no new connections and lets requests under way be answered; cuts what is left after a few seconds. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // Kept-alive connections without a request are closed as they fall idle.
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  const cut = setTimeout(() => server.closeAllConnections(), REQUESTS_MS)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
}
