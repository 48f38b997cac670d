/** A JSON object as it travels; what a publisher sends and a subscriber gets. */
export type JsonObject = Record<string, unknown>

/** A message as subscribers receive it (contract §5); `id` is absent when it was ephemeral. */
export interface Message extends JsonObject {
  id?: string
  channel: string
  /** ISO 8601 with milliseconds. */
  timestamp: string
  type: string
  /** The publishing user's `sub`; absent for keys and admins. */
  from?: string
}

/** A place in the log: `offset` grows within one `epoch`, which changes only when history is lost or replaced. */
export interface Position {
  epoch: string
  offset: number
}

const POSITION = /^([a-z0-9]{1,16})\.(\d{1,16})$/

/** Formats a position as it stands in `id`: `k3f9.2048`. */
export function formatPosition(position: Position): string {
  return `${position.epoch}.${position.offset}`
}

/** Parses `<epoch>.<offset>`; null when it is none. Leading zeros of the offset do not count. */
export function parsePosition(text: string): Position | null {
  const match = POSITION.exec(text)
  if (!match) return null
  const offset = Number(match[2])
  return Number.isSafeInteger(offset) ? { epoch: match[1]!, offset } : null
}

export const GAP_REASONS = ['expired', 'epoch', 'too_many', 'invalid'] as const
export type GapReason = (typeof GAP_REASONS)[number]

/** What a connection is told of the messages it missed (contract §6). */
export type Resume =
  | { status: 'none' }
  | { status: 'complete' }
  | {
      status: 'gap'
      reason: GapReason
      /** what was asked for */ from: string
      /** the id just before what follows */ to: string
    }

export const DISCONNECT_REASONS = ['kicked', 'shutdown', 'expired', 'slow_consumer', 'replaced'] as const
export type DisconnectReason = (typeof DISCONNECT_REASONS)[number]

export interface ConnectedFrame {
  type: 'connected'
  connectionId: string
  channels: string[]
  resume: Resume
}

export interface DisconnectFrame {
  type: 'disconnect'
  reason: DisconnectReason
  reconnect: boolean
  /** Milliseconds to wait before coming again. */
  retryMs: number
  /**
   * Milliseconds for which the stream stays open and brings what comes, so that the next one can be opened first; absent
   * when it closes at once.
   */
  closesInMs?: number
}

/** Somebody who is in a channel: a user with all their connections, or one anonymous connection. */
export interface Member {
  /** The connection that has been there longest. */
  connectionId: string
  userId?: string
  name?: string
  /** ISO 8601 with milliseconds. */
  joinedAt: string
  /** All the member's connections to the channel, `connectionId` among them; at most 100. */
  connections: string[]
}

/** Tells those who asked for presence of a member's coming or going. */
export interface PresenceFrame {
  type: 'presence_join' | 'presence_leave'
  channel: string
  member: Member
}

/** Types that only the server may speak; a message that carries one is refused (contract §5). */
export const RESERVED_TYPES: ReadonlySet<string> = new Set([
  'connected',
  'disconnect',
  'error',
  'ack',
  'pong',
  'subscribed',
  'unsubscribed',
  'presence',
  'presence_join',
  'presence_leave',
  'history',
  'channels',
  'signal',
])

/** Most messages in one batch. */
export const MAX_BATCH = 1000

/** The channel of a message that names none. */
export const DEFAULT_CHANNEL = 'broadcast'

/** How grave an entry of the event log is. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]
