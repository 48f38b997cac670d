import { isForOneRoom } from '../auth/channel-rules.ts'
import type { Caller } from '../auth/caller.ts'
import type { Connection } from '../hub/connection.ts'

/** Longest silence of any link that is taken for its own, in seconds. */
const MOST_SECONDS = 20
/** Shortest silence that anybody is closed for, in milliseconds. */
export const LEAST_MS = 3000
/** Silence that somebody in a video room is closed for: who comes back keeps the place, so there is less to lose. */
const ROOM_MS = 8000

/**
 * How long a connection may leave unanswered what it was sent, in milliseconds: one `heartbeat_interval`, 20 s at most. So
 * a link that says nothing for some seconds is waited for, and whoever vanished is closed within two heartbeats or so, the
 * first of which is what remains unanswered.
 */
export function patienceMs({ principal }: Pick<Connection, 'principal'>, heartbeatSeconds: number): number {
  const usualMs = Math.max(LEAST_MS, Math.min(heartbeatSeconds, MOST_SECONDS) * 1000)
  return isForOneRoom(principal as Caller) ? Math.min(ROOM_MS, usualMs) : usualMs
}
