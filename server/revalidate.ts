import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { LiveSettings } from '../shared/settings.ts'
import type { Authenticator } from './auth/authenticate.ts'
import type { Caller } from './auth/caller.ts'
import { may } from './auth/policy.ts'
import type { Connection } from './hub/connection.ts'
import type { Hub } from './hub/hub.ts'

/** How often the callers behind open connections are looked at again, in milliseconds. */
const EVERY_MS = 3000
/** Connections that are looked at in one turn of the event loop. */
const CHUNK = 500

export interface RevalidationParts {
  hub: Hub
  authenticator: Pick<Authenticator, 'isValid'>
  settings: LiveSettings
  log: Logger
}

export interface Revalidation {
  /** Looks at the callers now: somebody was signed out, or lost a key. */
  recheck(): void
  stop(): void
}

/**
 * Closes connections, with `expired`, whose callers are no longer who they were: key revoked, signed out, token over.
 * Each caller is asked about once a round, however many connections he has. When the settings on public channels
 * change, connections lose the channels that they may not follow any more, and are closed when that is all they had.
 */
export function revalidateConnections({ hub, authenticator, settings, log }: RevalidationParts): Revalidation {
  let stopped = false
  let timer: NodeJS.Timeout
  let running: Promise<void> = Promise.resolve()
  let waiting = false

  function schedule(): void {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(recheck, EVERY_MS).unref()
  }

  /** One round at a time; however often it is asked for during one, one more follows. */
  function recheck(): void {
    if (waiting) return
    waiting = true
    enqueue(async () => {
      waiting = false
      await check()
      schedule()
    })
  }

  function enqueue(work: () => Promise<void>): void {
    running = running.then(work).catch((err: unknown) => {
      log.warn({ err }, 'Open connections could not be looked at again')
      schedule()
    })
  }

  async function check(): Promise<void> {
    for (const [caller, connections] of byCaller(hub)) {
      if (stopped) return
      if (await authenticator.isValid(caller)) continue
      // A connection may have been handed a fresh token meanwhile.
      for (const connection of connections) if (connection.principal === caller) dismiss(hub, connection)
    }
  }

  const stopListening = settings.onChange((key) => {
    if (key === 'public_channels' || key === 'anonymous_access') enqueue(() => narrowAll(hub, settings))
  })
  schedule()

  return {
    recheck,
    stop() {
      stopped = true
      stopListening()
      clearTimeout(timer)
    },
  }
}

async function narrowAll(hub: Hub, settings: LiveSettings): Promise<void> {
  let seen = 0
  for (const connection of [...hub.connections.values()]) {
    narrow(hub, connection, settings)
    if (++seen % CHUNK === 0) await nextTurn()
  }
}

function narrow(hub: Hub, connection: Connection, { values }: LiveSettings): void {
  const caller = connection.principal as Caller
  const isLost = (pattern: string) =>
    !may(caller, { kind: 'subscribe', pattern, connectionId: connection.id }, values).allowed
  const lost = [...connection.channels].filter(isLost)
  if (lost.length === 0) return
  // One that replays is in the middle of those channels' past; it comes again and is told.
  if (lost.length === connection.channels.size || connection.mode !== 'live') return dismiss(hub, connection)
  hub.following.change(connection, [], lost)
  for (const channel of lost)
    connection.send(connection.wire.frame({ type: 'unsubscribed', channel, reason: 'forbidden' }))
}

function dismiss(hub: Hub, connection: Connection): void {
  hub.dismiss(connection, { reason: 'expired', reconnect: true, retryMs: 1000 })
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
