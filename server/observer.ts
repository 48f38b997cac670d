import type { Logger } from 'pino'
import type { ConnectionInfo } from '../shared/api.ts'
import { actorOf, type Caller } from './auth/caller.ts'
import type { ConnectionNews } from './connection-news.ts'
import type { ConnectionWatches } from './connection-watch.ts'
import type { CloseReason, Connection } from './hub/connection.ts'
import type { Hub } from './hub/hub.ts'
import type { HubObserver } from './hub/hub-observer.ts'
import { connectionInfo } from './hub/info.ts'
import type { ConnectionCounts } from './metrics-connections.ts'
import type { EventLog } from './store/event-log.ts'

/** The video rooms, whose participants are there as long as their connections. */
interface Rooms {
  watch: { connected(connection: Connection): void; disconnected(connection: Connection): void }
  onForeign(channel: string): void
}

/** The other nodes, which are told of this one's connections. */
interface Cluster {
  put(connection: Connection): void
  removed(connection: Connection): void
}

/** Where connections are mirrored to. */
interface Mirror {
  added(info: ConnectionInfo): void
  removed(id: string): void
}

/** The webhooks, which tell other servers. */
interface Webhooks {
  opened(describe: () => ConnectionInfo): void
  closed(describe: () => ConnectionInfo, reason: string): void
}

export interface ObserverParts {
  /** The hub that is observed; it exists once the observer does. */
  hub: () => Hub
  mirror: Mirror
  cluster: Cluster
  /** The rooms; they exist once the observer does. */
  rooms: () => Rooms
  news: ConnectionNews
  webhooks: Webhooks
  watches: ConnectionWatches
  eventLog: EventLog
  node: string
  log: Logger
  counts: Pick<ConnectionCounts, 'opened' | 'closed'>
  /** Hears of each reader that was closed since it fell too far behind. */
  onSlow: () => void
}

/** Tells the event log, the table of connections and the dashboard of connections' comings and goings. */
export function createObserver(parts: ObserverParts): HubObserver {
  const { hub, mirror, cluster, news, webhooks, watches, rooms, eventLog, node, log, onSlow, counts } = parts
  return {
    connected(connection) {
      counts.opened(connection)
      const info = connectionInfo(hub(), connection, node)
      mirror.added(info)
      cluster.put(connection)
      rooms().watch.connected(connection)
      news.opened(info)
      webhooks.opened(() => info)
      watches.noted(connection)
      const { id, transport, ip, userAgent, channels } = info
      const data = { connectionId: id, transport, ip, userAgent, channels: channels.slice(0, 20) }
      eventLog.record({
        level: 'info',
        type: 'connect',
        message: 'Connection opened',
        data,
        actor: ownerOf(connection),
      })
    },
    disconnected(connection, reason) {
      counts.closed(connection, reason)
      mirror.removed(connection.id)
      cluster.removed(connection)
      rooms().watch.disconnected(connection)
      news.closed(connection.id, reason)
      webhooks.closed(() => connectionInfo(hub(), connection, node), reason)
      watches.closed(connection)
      if (reason === 'slow_consumer') onSlow()
      recordClose(connection, reason, eventLog)
    },
    changed(connection) {
      const info = connectionInfo(hub(), connection, node)
      mirror.added(info)
      cluster.put(connection)
      news.changed(info)
      watches.noted(connection)
    },
    foreign: (channel) => rooms().onForeign(channel),
    replayFailed(connection, error) {
      log.warn({ err: error, connectionId: connection.id }, 'A replay could not be finished')
    },
  }
}

function recordClose(connection: Connection, reason: CloseReason, eventLog: EventLog): void {
  const { id, transport, ip, messagesSent, bytesSent } = connection
  const seconds = Math.round((Date.now() - connection.connectedAt) / 100) / 10
  const data = { connectionId: id, transport, ip, reason, seconds, messagesSent, bytesSent }
  const level = reason === 'slow_consumer' ? 'warn' : 'info'
  eventLog.record({ level, type: 'disconnect', message: 'Connection closed', data, actor: ownerOf(connection) })
}

function ownerOf(connection: Connection): string {
  return actorOf(connection.principal as Caller)
}
