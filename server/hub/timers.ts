import { formatPosition } from '../../shared/protocol.ts'
import type { LiveSettings } from '../../shared/settings.ts'
import type { Connection, Farewell } from './connection.ts'
import type { HeartbeatWheel } from './heartbeat.ts'
import { IDLE_CHANNEL_MS, type Subscriptions } from './subscriptions.ts'

/** How often connections are looked over for such as have expired, in milliseconds. */
const EXPIRY_EVERY_MS = 1000
/** How often channels that nobody uses are let go, in milliseconds. */
const SWEEP_EVERY_MS = 30_000

/** What a hub does by the clock needs of it. */
export interface TimersHost {
  readonly settings: LiveSettings
  readonly subscriptions: Pick<Subscriptions, 'sweep'>
  readonly connections: ReadonlyMap<string, Connection>
  readonly epoch: string
  /** Newest offset that was written to the connections. */
  readonly written: number
  dismiss(connection: Connection, farewell: Farewell): void
}

/** Starts the wheel, and the rounds that close what has expired and let idle channels go; returns how to stop them. */
export function startTimers(host: TimersHost, wheel: HeartbeatWheel): () => void {
  const { settings } = host
  wheel.setInterval(settings.values.heartbeat_interval)
  const stopListening = settings.onChange((key) => {
    if (key === 'heartbeat_interval') wheel.setInterval(settings.values.heartbeat_interval)
  })
  const timers = [
    setInterval(() => closeExpired(host), EXPIRY_EVERY_MS).unref(),
    setInterval(() => host.subscriptions.sweep(Date.now() - IDLE_CHANNEL_MS), SWEEP_EVERY_MS).unref(),
  ]
  return () => {
    stopListening()
    wheel.stop()
    for (const timer of timers) clearInterval(timer)
  }
}

/** Writes a heartbeat to each, with the position up to which it has got everything. */
export function beat({ epoch, written }: TimersHost, connections: Iterable<Connection>): void {
  const id = formatPosition({ epoch, offset: written })
  for (const connection of connections) {
    const ahead = connection.offset > written
    const own = ahead ? formatPosition({ epoch, offset: connection.offset }) : id
    // While a connection replays, its position must not run ahead of what it got.
    const bytes = connection.wire.heartbeat(connection.mode === 'live' ? own : null)
    if (bytes) connection.send(bytes)
  }
}

function closeExpired(host: TimersHost): void {
  const nowMs = Date.now()
  for (const connection of host.connections.values()) {
    if (connection.expiresAt !== null && connection.expiresAt <= nowMs) {
      host.dismiss(connection, { reason: 'expired', reconnect: true, retryMs: 1000 })
    }
  }
}
