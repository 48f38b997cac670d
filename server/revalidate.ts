import type { Logger } from 'pino'
import type { Authenticator } from './auth/authenticate.ts'
import type { Caller } from './auth/caller.ts'
import type { Connection } from './hub/connection.ts'
import type { Hub } from './hub/hub.ts'

/** How often the callers behind open connections are looked at again, in milliseconds. */
const EVERY_MS = 3000

export interface Revalidation {
  hub: Hub
  authenticator: Pick<Authenticator, 'isValid'>
  log: Logger
}

/**
 * Closes connections, with `expired`, whose callers are no longer who they were: key revoked, signed out, token over
 * (contract §3). Each caller is asked about once a round, however many connections he has. Returns how to stop.
 */
export function revalidateConnections({ hub, authenticator, log }: Revalidation): () => void {
  let stopped = false
  let timer = setTimeout(round, EVERY_MS).unref()

  function round(): void {
    check()
      .catch((err: unknown) => log.warn({ err }, 'Open connections could not be looked at again'))
      .finally(() => {
        if (!stopped) timer = setTimeout(round, EVERY_MS).unref()
      })
  }

  async function check(): Promise<void> {
    for (const [caller, connections] of byCaller(hub)) {
      if (await authenticator.isValid(caller)) continue
      for (const connection of connections) {
        hub.dismiss(connection, { reason: 'expired', reconnect: true, retryMs: 1000 })
      }
    }
  }

  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

/** Gathers connections by their caller; the anonymous can not expire. */
function byCaller(hub: Hub): Map<Caller, Connection[]> {
  const found = new Map<Caller, Connection[]>()
  for (const connection of hub.connections.values()) {
    const caller = connection.principal as Caller
    if (caller.kind === 'anonymous') continue
    const known = found.get(caller)
    if (known) known.push(connection)
    else found.set(caller, [connection])
  }
  return found
}
