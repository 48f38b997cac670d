import { YayinError } from '../shared/errors.ts'
import type { NodeInfo, NodesNews } from '../shared/nodes.ts'
import { NODES_CHANNEL } from '../shared/nodes-channel.ts'
import type { Cluster } from './cluster/index.ts'
import { AWAY_AFTER_MS, type Member, type NodeStatus } from './cluster/members.ts'
import { drainByHand, type Drainer } from './drain.ts'
import type { Hub } from './hub/hub.ts'
import type { EventLog } from './store/event-log.ts'

/** How often the dashboard is told. */
const TELL_EVERY_MS = 1000

export interface NodesParts {
  hub: Hub
  cluster: Cluster
  drainer: Drainer
  /** What this node says of itself. */
  status: () => NodeStatus
  /** Whether this process was told to end. */
  isEnding: () => boolean
  eventLog: EventLog
  /** This node's name. */
  node: string
}

/** The nodes that share a log, as this one knows them. */
export interface Nodes {
  /** Lists them, this one first. */
  list(): NodeInfo[]
  /** @throws YayinError `not_found`; `conflict` when no other node would take its clients; `unavailable` when it is silent */
  drain(node: string): Promise<NodeInfo>
  /** Ends a drain that was asked for. @throws YayinError `not_found`; `conflict` when the node is about to end */
  undrain(node: string): Promise<NodeInfo>
  stop(): void
}

/** Knows the nodes, drains them by hand, and tells `admin/nodes` how they are while somebody listens. */
export function createNodes(parts: NodesParts): Nodes {
  const { hub, cluster, drainer, status, eventLog, node } = parts

  function self(): NodeInfo {
    const own = status()
    const farthest = Math.max(...cluster.others().map((other) => other.status.head), 0)
    return describe({ node, status: own, behind: Math.max(0, farthest - own.head), silentMs: 0 }, node)
  }

  const others = () => [...cluster.others(), ...cluster.lost()].map((other) => describe(other, node))

  const list = () => [self(), ...others().toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))]

  function drainHere(): NodeInfo {
    if (!cluster.hasReadyOther()) {
      throw new YayinError('conflict', 'no other node is ready to take the clients of this one')
    }
    if (drainer.phase === 'serving') {
      void drainByHand(drainer, cluster.hasReadyOther, () => {
        const message = 'Drain called off: no other node is ready'
        eventLog.record({ level: 'warn', type: 'drain', message, data: { node }, actor: 'system' })
      })
    }
    return self()
  }

  function undrainHere(): NodeInfo {
    if (parts.isEnding()) throw new YayinError('conflict', 'this node was told to end and is on its way')
    drainer.undo()
    return self()
  }

  cluster.questions.answer('drain', () => ({ ...drainHere() }))
  cluster.questions.answer('undrain', () => ({ ...undrainHere() }))

  async function ask(other: string, topic: 'drain' | 'undrain'): Promise<NodeInfo> {
    if (!cluster.others().some((one) => one.node === other)) {
      throw new YayinError('not_found', `there is no node ${other.slice(0, 50)}`)
    }
    return { ...((await cluster.questions.ask(other, topic, {})) as unknown as NodeInfo), self: false }
  }

  const timer = setInterval(() => {
    if (!hub.publisher.hasListeners(NODES_CHANNEL)) return
    const news: NodesNews = { type: 'nodes_news', nodes: list() }
    hub.publisher.announce(NODES_CHANNEL, { ...news })
  }, TELL_EVERY_MS).unref()

  return {
    list,
    drain: async (other) => (other === node ? drainHere() : ask(other, 'drain')),
    undrain: async (other) => (other === node ? undrainHere() : ask(other, 'undrain')),
    stop: () => clearInterval(timer),
  }
}

function describe({ node, status, behind, silentMs }: Member, self: string): NodeInfo {
  const { draining, head: _, historyName: _name, ...figures } = status
  const state = silentMs >= AWAY_AFTER_MS ? 'away' : draining ? 'draining' : 'ready'
  return { node, self: node === self, state, ...figures, behind, silentMs: Math.round(silentMs) }
}
