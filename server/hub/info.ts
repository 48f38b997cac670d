import type { ChannelDetail, ChannelInfo, ConnectionInfo } from '../../shared/api.ts'
import { isoTime } from './clock.ts'
import type { Connection } from './connection.ts'
import type { Hub } from './hub.ts'
import type { Channel } from './subscriptions.ts'

/** Describes an open connection as the API shows it; `node` is the name of this node. */
export function connectionInfo(hub: Hub, connection: Connection, node: string): ConnectionInfo {
  return {
    id: connection.id,
    transport: connection.transport,
    userId: connection.userId,
    name: connection.name,
    ip: connection.ip,
    userAgent: connection.userAgent,
    channels: [...connection.channels],
    connectedAt: isoTime(connection.connectedAt),
    lastPosition: hub.positionOf(connection),
    messagesSent: connection.messagesSent,
    bytesSent: connection.bytesSent,
    bufferedBytes: connection.sink.writableLength,
    node,
  }
}

/** Describes a channel: its followers on all nodes, its traffic as this one brings it out. */
export function channelInfo(hub: Hub, channel: Channel, nowMs: number): ChannelInfo {
  return {
    name: channel.name,
    subscribers: hub.subscriptions.subscribers(channel) + [...hub.neighbours.followers(channel.name)].length,
    messagesPerSecond: channel.rate.perSecond(nowMs),
    bytesPerSecond: channel.bytesRate.perSecond(nowMs),
    lastMessageAt: channel.lastMessageAt === 0 ? null : isoTime(channel.lastMessageAt),
  }
}

/** Tells whether a channel is in use, or was of late. */
export function isListed({ subscribers, lastMessageAt }: ChannelInfo): boolean {
  return subscribers > 0 || lastMessageAt !== null
}

/** Most names of an audience that are told. */
const MAX_NAMES = 8

/** Tells who would get a message on a channel now, on any node. */
export function audienceOf(hub: Hub, channel: Channel): ChannelDetail['audience'] {
  const here = new Set(hub.subscriptions.groups(channel).flatMap((group) => [...group]))
  const all = [...here, ...hub.neighbours.followers(channel.name)]
  const users = new Set<string>()
  const names = new Set<string>()
  const byTransport: Record<string, number> = {}
  for (const { transport, userId, name } of all) {
    byTransport[transport] = (byTransport[transport] ?? 0) + 1
    if (userId !== null) users.add(userId)
    const shown = name ?? userId
    if (shown !== null && names.size < MAX_NAMES) names.add(shown)
  }
  const byName = channel.exact.size + [...hub.neighbours.present(channel.name)].length
  return { byName, byPattern: all.length - byName, users: users.size, byTransport, names: [...names] }
}
