import type { CloseReason, Connection } from './connection.ts'

/** Hears of connections; for the event log, the mirror table and the dashboard. */
export interface HubObserver {
  connected(connection: Connection): void
  disconnected(connection: Connection, reason: CloseReason): void
  /** A connection's channels were changed while it was open. */
  changed(connection: Connection): void
  /** A replay could not be finished. */
  replayFailed(connection: Connection, error: unknown): void
  /** Another node has published to a channel. */
  foreign(channel: string): void
}
