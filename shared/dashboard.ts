import type { ChannelInfo, ConnectionInfo } from './api.ts'
import type { JsonObject } from './protocol.ts'

/*
 * What the server tells the dashboard on its own channels, ephemeral and once a second at most, while somebody listens.
 */

/** The channel of {@link ConnectionsNews}. */
export const CONNECTIONS_CHANNEL = 'admin/connections'
/** The channel of {@link ChannelsNews}. */
export const CHANNELS_CHANNEL = 'admin/channels'

/** The channel on which one connection is watched: {@link ConnectionWatch}. */
export function watchChannelOf(connectionId: string): string {
  return `${CONNECTIONS_CHANNEL}/${connectionId}`
}

/** Id, messages sent, bytes sent, bytes waiting. */
export type ConnectionFigures = [id: string, messagesSent: number, bytesSent: number, bufferedBytes: number]

/** What became of the connections since the last time. */
export interface ConnectionsNews {
  type: 'connections_news'
  opened: ConnectionInfo[]
  /** Those whose channels are others now. */
  changed: ConnectionInfo[]
  closed: { id: string; reason: string }[]
  /** Of those that were sent something; with very many connections it is not everybody's turn each second. */
  figures: ConnectionFigures[]
}

/** Something that was written to a watched connection. */
export interface SentFrame {
  /** ISO 8601 with milliseconds. */
  at: string
  /** The frame; null when it is private between participants of a room, or too large to show. */
  frame: JsonObject | null
  /** Length of its JSON text. */
  bytes: number
}

/** One watched connection: how it stands, and what was sent to it since the last time. */
export interface ConnectionWatch {
  type: 'connection_watch'
  connection: ConnectionInfo
  /** Newest place in the log. */
  logPosition: string
  /** Places in the log between the connection and the newest. */
  behind: number
  /** Whether it is being brought up to date from the log. */
  replaying: boolean
  /** ISO 8601; null for never. */
  expiresAt: string | null
  sent: SentFrame[]
  /** Bytes that were sent and are not shown, because there were too many. */
  skippedBytes: number
}

/** What is different about the channels since the last time. */
export interface ChannelsNews {
  type: 'channels_news'
  channels: ChannelInfo[]
  /** Names of those that are not listed any more. */
  gone: string[]
}
