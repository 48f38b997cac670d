import type { Router } from 'express'
import {
  type ConnectionInfo,
  deleteConnection,
  disconnectConnections,
  getConnection,
  listConnections,
  patchConnection,
} from '../../shared/api.ts'
import { YayinError } from '../../shared/errors.ts'
import { actorOf, type Caller } from '../auth/caller.ts'
import type { Connection } from '../hub/connection.ts'
import type { Hub } from '../hub/hub.ts'
import { connectionInfo } from '../hub/info.ts'
import type { EventLog } from '../store/event-log.ts'
import { type ConnectionChange, type ConnectionChanged, changeConnection } from './connection-change.ts'
import { byAge, passes, readCursor, sortKey } from './connection-list.ts'
import type { ConnectionElsewhere, Elsewhere } from './elsewhere.ts'
import { defineRoute, type RouteDeps } from './http.ts'

/** How long the figures of another node's connections are waited for, in milliseconds: they are known as of before. */
const DESCRIBE_MS = 1000

interface Refreshed {
  connections: ConnectionInfo[]
  /** Those that did not answer. */
  silentNodes: string[]
}

export interface ConnectionsDeps extends RouteDeps {
  hub: Hub
  eventLog: EventLog
  node: string
  cluster: Elsewhere
}

/** Adds the list of open connections and what can be done to one of them (contract §6, §8). */
export function connectionsRoutes(router: Router, deps: ConnectionsDeps): void {
  const { hub, eventLog, node, cluster: elsewhere } = deps
  const { questions } = elsewhere

  function findHere(id: string): Connection {
    return hub.find(id) ?? gone(id)
  }

  /** The node that holds a connection; null when it is this one. */
  function holderOf(id: string): string | null {
    if (hub.find(id)) return null
    return elsewhere.peers.find(id)?.info.node ?? gone(id)
  }

  const describe = (connection: Connection) => connectionInfo(hub, connection, node)

  questions.answer('describe', ({ ids }) => ({
    connections: (ids as string[]).flatMap((id) => hub.find(id) ?? []).map(describe),
  }))
  questions.answer('kick', ({ ids }) => {
    const found = (ids as string[]).flatMap((id) => hub.find(id) ?? [])
    for (const connection of found) hub.kick(connection)
    return { kicked: found.map(({ id }) => id) }
  })
  questions.answer('change', async ({ id, caller, change }) => {
    return { ...(await changeConnection(findHere(id as string), caller as Caller, change as ConnectionChange, deps)) }
  })

  /** Asks the nodes that hold some of the connections; those of a node that does not answer stay as they are known. */
  async function refresh(page: readonly (Connection | ConnectionElsewhere)[]): Promise<Refreshed> {
    const far = page.filter((one): one is ConnectionElsewhere => 'info' in one)
    const fresh = new Map<string, ConnectionInfo>()
    const silentNodes: string[] = []
    const asked = [...groupByNode(far)].map(async ([holder, ids]) => {
      try {
        const { connections } = await questions.ask(holder, 'describe', { ids }, DESCRIBE_MS)
        for (const info of connections as ConnectionInfo[]) fresh.set(info.id, info)
      } catch {
        silentNodes.push(holder)
      }
    })
    await Promise.all(asked)
    const connections = page.map((one) => ('info' in one ? (fresh.get(one.id) ?? one.info) : describe(one)))
    return { connections, silentNodes: silentNodes.toSorted() }
  }

  /** Disconnects connections wherever they are; returns the ids of those that were there. */
  async function kick(ids: readonly string[]): Promise<string[]> {
    const here = ids.flatMap((id) => hub.find(id) ?? [])
    for (const connection of here) hub.kick(connection)
    const far = ids.flatMap((id) => elsewhere.peers.find(id) ?? [])
    const asked = [...groupByNode(far)].map(([holder, own]) => questions.ask(holder, 'kick', { ids: own }))
    const answers = await Promise.all(asked)
    return [...here.map(({ id }) => id), ...answers.flatMap(({ kicked }) => kicked as string[])]
  }

  defineRoute(
    router,
    listConnections,
    async ({ query }) => {
      const all = [...hub.connections.values(), ...elsewhere.peers.all()]
      const found = all.filter((connection) => passes(connection, query)).sort(byAge)
      const last = query.cursor === undefined ? null : readCursor(query.cursor)
      const after = last === null ? found : found.filter((connection) => byAge(connection, last) > 0)
      const page = after.slice(0, query.limit)
      const { connections, silentNodes } = await refresh(page)
      return {
        connections,
        ...(silentNodes.length > 0 && { silentNodes }),
        total: found.length,
        nextCursor: after.length > page.length ? sortKey(page.at(-1)!) : null,
      }
    },
    deps,
  )

  defineRoute(
    router,
    getConnection,
    async ({ params: { id } }) => {
      const { connections } = await refresh([hub.find(id) ?? elsewhere.peers.find(id) ?? gone(id)])
      return connections[0]!
    },
    deps,
  )

  defineRoute(
    router,
    patchConnection,
    async ({ caller, params: { id }, body }) => {
      const holder = holderOf(id)
      if (holder === null) return changeConnection(findHere(id), caller, body, deps)
      return (await questions.ask(holder, 'change', { id, caller, change: body })) as unknown as ConnectionChanged
    },
    deps,
  )

  defineRoute(
    router,
    deleteConnection,
    async ({ caller, params: { id }, ip }) => {
      const userId = (hub.find(id) ?? elsewhere.peers.find(id) ?? gone(id)).userId
      if ((await kick([id])).length === 0) gone(id)
      const data = { connectionId: id, userId, ip }
      const message = 'Connection closed by hand'
      eventLog.record({ level: 'info', type: 'kick', message, data, actor: actorOf(caller) })
    },
    deps,
  )

  defineRoute(
    router,
    disconnectConnections,
    async ({ caller, body, ip }) => {
      const kicked = await kick([...new Set(body.ids)])
      const data = { count: kicked.length, connectionIds: kicked.slice(0, MAX_LOGGED), ip }
      const message = 'Connections closed by hand'
      eventLog.record({ level: 'warn', type: 'kick', message, data, actor: actorOf(caller) })
      return { disconnected: kicked.length }
    },
    deps,
  )
}

function gone(id: string): never {
  throw new YayinError('not_found', `there is no open connection ${id.slice(0, 50)}`)
}

function groupByNode(connections: readonly ConnectionElsewhere[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const { id, info } of connections) {
    const ids = groups.get(info.node)
    if (ids) ids.push(id)
    else groups.set(info.node, [id])
  }
  return groups
}

/** Most ids that one entry of the event log names. */
const MAX_LOGGED = 50
