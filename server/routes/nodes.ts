import type { Router } from 'express'
import { drainNode, listNodes, type NodeInfo, undrainNode } from '../../shared/nodes.ts'
import { actorOf } from '../auth/caller.ts'
import type { EventLog } from '../store/event-log.ts'
import { defineRoute, type RouteDeps } from './http.ts'

export interface NodesDeps extends RouteDeps {
  eventLog: EventLog
  nodes: {
    list(): NodeInfo[]
    drain(node: string): Promise<NodeInfo>
    undrain(node: string): Promise<NodeInfo>
  }
}

/** Adds the list of nodes, and how one is emptied of its clients. */
export function nodesRoutes(router: Router, deps: NodesDeps): void {
  const { nodes, eventLog } = deps

  defineRoute(router, listNodes, () => ({ nodes: nodes.list() }), deps)

  defineRoute(
    router,
    drainNode,
    async ({ caller, params: { node }, ip }) => {
      const info = await nodes.drain(node)
      const data = { node, connections: info.connections, ip }
      eventLog.record({ level: 'warn', type: 'drain', message: 'Node drained by hand', data, actor: actorOf(caller) })
      return info
    },
    deps,
  )

  defineRoute(
    router,
    undrainNode,
    async ({ caller, params: { node }, ip }) => {
      const info = await nodes.undrain(node)
      const message = 'Node takes clients again'
      eventLog.record({ level: 'info', type: 'drain', message, data: { node, ip }, actor: actorOf(caller) })
      return info
    },
    deps,
  )
}
