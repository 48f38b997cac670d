import type { ConnectionInfo } from '../../shared/api.ts'
import type { Connection } from './connection.ts'
import { isoTime } from './clock.ts'
import type { Hub } from './hub.ts'

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
