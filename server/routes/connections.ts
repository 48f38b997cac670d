import type { Router } from 'express'
import {
  type ConnectionInfo,
  deleteConnection,
  disconnectConnections,
  getConnection,
  listConnections,
  patchConnection,
} from '../../shared/api.ts'
import { matches } from '../../shared/channel.ts'
import { YayinError } from '../../shared/errors.ts'
import type { LiveSettings } from '../../shared/settings.ts'
import { actorOf, type Caller, type UserCaller } from '../auth/caller.ts'
import { may } from '../auth/policy.ts'
import type { Connection } from '../hub/connection.ts'
import type { Hub } from '../hub/hub.ts'
import { connectionInfo } from '../hub/info.ts'
import type { EventLog } from '../store/event-log.ts'
import { assertMay, defineRoute, type RouteDeps } from './http.ts'

export interface ConnectionsDeps extends RouteDeps {
  hub: Hub
  eventLog: EventLog
  node: string
}

interface Filters {
  transport?: string | undefined
  channel?: string | undefined
  user?: string | undefined
  q?: string | undefined
}

/** Adds the list of open connections and what can be done to one of them (contract §6, §8). */
export function connectionsRoutes(router: Router, deps: ConnectionsDeps): void {
  const { hub, settings, eventLog, node } = deps

  function find(id: string): Connection {
    const connection = hub.find(id)
    if (!connection) throw new YayinError('not_found', `there is no open connection ${id.slice(0, 50)}`)
    return connection
  }

  defineRoute(
    router,
    listConnections,
    ({ query }) => {
      const found = [...hub.connections.values()].filter((connection) => passes(connection, query)).sort(byAge)
      const last = query.cursor === undefined ? null : readCursor(query.cursor)
      const after = last === null ? found : found.filter((connection) => byAge(connection, last) > 0)
      const page = after.slice(0, query.limit)
      return {
        connections: page.map((connection): ConnectionInfo => connectionInfo(hub, connection, node)),
        total: found.length,
        nextCursor: after.length > page.length ? sortKey(page.at(-1)!) : null,
      }
    },
    deps,
  )

  defineRoute(router, getConnection, ({ params }) => connectionInfo(hub, find(params.id), node), deps)

  defineRoute(
    router,
    patchConnection,
    async ({ caller, params, body }) => {
      const fresh = body.token === undefined ? null : await readToken(body.token, deps)
      const connection = find(params.id)
      const owner = connection.principal as Caller
      // The token itself shows who hands it in.
      if (fresh === null) allowChange(caller, connection, deps)
      else checkSameUser(fresh, owner)
      const { subscribe = [], unsubscribe = [] } = body
      for (const pattern of subscribe) {
        assertMay(fresh ?? owner, { kind: 'subscribe', pattern, connectionId: connection.id }, settings)
      }
      const dropped = fresh === null ? [] : notAllowed(fresh, connection, unsubscribe, settings)
      checkCount(connection, subscribe, [...unsubscribe, ...dropped], settings.values.max_channels_per_connection)
      if (fresh !== null) connection.renew({ principal: fresh, name: fresh.name, expiresAt: fresh.expiresAt })
      hub.changeChannels(connection, subscribe, [...unsubscribe, ...dropped], body.presence)
      if (subscribe.length > 0) hub.tellPosition(connection)
      const expiresAt = connection.expiresAt === null ? null : new Date(connection.expiresAt).toISOString()
      return { id: connection.id, channels: [...connection.channels], dropped, expiresAt }
    },
    deps,
  )

  defineRoute(
    router,
    deleteConnection,
    ({ caller, params, ip }) => {
      const connection = find(params.id)
      hub.kick(connection)
      const data = { connectionId: connection.id, userId: connection.userId, ip }
      eventLog.record({
        level: 'info',
        type: 'kick',
        message: 'Connection closed by hand',
        data,
        actor: actorOf(caller),
      })
    },
    deps,
  )

  defineRoute(
    router,
    disconnectConnections,
    ({ caller, body, ip }) => {
      const found = [...new Set(body.ids)].flatMap((id) => hub.find(id) ?? [])
      for (const connection of found) hub.kick(connection)
      const data = { count: found.length, connectionIds: found.slice(0, MAX_LOGGED).map(({ id }) => id), ip }
      const message = 'Connections closed by hand'
      eventLog.record({ level: 'warn', type: 'kick', message, data, actor: actorOf(caller) })
      return { disconnected: found.length }
    },
    deps,
  )
}

/** Most ids that one entry of the event log names. */
const MAX_LOGGED = 50

/**
 * A connection is changed by its own identity, by whoever knows an anonymous one's secret id, and by admins. One that
 * can speak for itself has no secret id.
 */
function allowChange(caller: Caller, { principal, secretId }: Connection, { settings }: RouteDeps): void {
  const owner = principal as Caller
  if (owner.kind === 'anonymous' ? secretId : actorOf(caller) === actorOf(owner)) return
  const decision = may(caller, { kind: 'administer' }, settings.values)
  if (decision.allowed) return
  const code = caller.kind === 'anonymous' ? 'unauthorized' : 'forbidden'
  throw new YayinError(code, 'this connection is somebody else’s')
}

async function readToken(token: string, { authenticator }: RouteDeps): Promise<UserCaller> {
  const { caller } = await authenticator.authenticate({ queryToken: token })
  if (caller.kind === 'user') return caller
  throw new YayinError('forbidden', 'only a user’s token can be handed in to an open connection')
}

/** An open connection keeps its identity, and with it the channels that are its own. */
function checkSameUser(fresh: UserCaller, owner: Caller): void {
  const room = owner.kind === 'user' ? owner.room : null
  const sameRoom = fresh.room?.id === room?.id && fresh.room?.participantId === room?.participantId
  if (owner.kind === 'user' && owner.sub === fresh.sub && sameRoom) return
  throw new YayinError('forbidden', 'the token is not of the user who opened this connection')
}

function notAllowed(
  caller: UserCaller,
  connection: Connection,
  leaving: readonly string[],
  settings: LiveSettings,
): string[] {
  const allowed = (pattern: string) =>
    may(caller, { kind: 'subscribe', pattern, connectionId: connection.id }, settings.values).allowed
  return [...connection.channels].filter((pattern) => !leaving.includes(pattern) && !allowed(pattern))
}

/** Whoever has more channels than a limit that was lowered meanwhile keeps them, and gets no further ones. */
function checkCount(
  { channels }: Connection,
  joining: readonly string[],
  leaving: readonly string[],
  limit: number,
): void {
  const after = new Set([...channels].filter((pattern) => !leaving.includes(pattern)))
  for (const pattern of joining) after.add(pattern)
  if (after.size <= Math.max(limit, channels.size)) return
  throw new YayinError('invalid', `one connection follows at most ${limit} channels, not ${after.size}`)
}

function passes(connection: Connection, { transport, channel, user, q }: Filters): boolean {
  if (transport !== undefined && connection.transport !== transport) return false
  if (user !== undefined && connection.userId !== user) return false
  if (channel !== undefined && !follows(connection, channel)) return false
  return q === undefined || searchable(connection).includes(q.toLowerCase())
}

function follows(connection: Connection, channel: string): boolean {
  if (connection.channels.has(channel) || connection.ownChannels.includes(channel)) return true
  return [...connection.channels].some((pattern) => matches(pattern, channel))
}

function searchable({ id, userId, name, ip, userAgent, channels }: Connection): string {
  return [id, userId, name, ip, userAgent, ...channels].join('\n').toLowerCase()
}

/** Orders connections by age, the oldest first; never changes while one is open. */
function sortKey({ connectedAt, id }: Connection): string {
  return `${connectedAt.toString(36).padStart(9, '0')}.${id}`
}

/** Reads a place in that order; one that is none lies before everything. */
function readCursor(text: string): Age {
  const dot = text.indexOf('.')
  return { connectedAt: Number.parseInt(text.slice(0, dot), 36) || 0, id: text.slice(dot + 1) }
}

type Age = Pick<Connection, 'connectedAt' | 'id'>

function byAge(a: Age, b: Age): number {
  return a.connectedAt - b.connectedAt || (a.id < b.id ? -1 : Number(a.id > b.id))
}
