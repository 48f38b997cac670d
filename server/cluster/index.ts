import type { Bus, Note } from '../brokers/bus.ts'
import type { Connection } from '../hub/connection.ts'
import { Delivery } from '../hub/delivery.ts'
import type { Hub } from '../hub/hub.ts'
import { connectionInfo } from '../hub/info.ts'
import type { HubNeighbours } from '../hub/neighbours.ts'
import { ALIVE_EVERY_MS, AWAY_AFTER_MS, type Member, Members, type NodeStatus } from './members.ts'
import { type PeerRecord, Peers } from './peers.ts'
import { Questions } from './questions.ts'

/** Connections' comings and goings are told together for this long, in milliseconds. */
const GATHER_MS = 50
/** How often rows of nodes that are gone are looked for, in milliseconds. */
const LOOK_EVERY_MS = 20_000
/** Connections described in one note when a node tells of all that it has. */
const ROLL_CHUNK = 200

export interface ClusterParts {
  bus: Bus
  /** This node's name. */
  node: string
  /** The hub; it exists once the cluster does. */
  hub: () => Hub
  /** What this node says of itself. */
  status: () => NodeStatus
  /** Another node has changed a setting. */
  onSettings: () => void
  /** Another node has signed somebody out, or taken back a key. */
  onRecheck: () => void
  /** Another node has changed the webhooks. */
  onWebhooks: () => void
  /** Somebody on another node follows a channel by its name. */
  onFollowed: (channel: string) => void
  /** Hears now and then, and when a node is gone, which other nodes live. */
  onNodes: (others: string[]) => void
}

/** The nodes that share a log: who they are, what is connected to them, and what they tell each other. */
export interface Cluster {
  neighbours: HubNeighbours
  peers: Peers
  questions: Questions
  /** The other nodes, with how long each was not heard of. */
  others(): Member[]
  /** Those that fell silent within the last minutes, and are not counted any more. */
  lost(): Member[]
  /** Whether another node would take clients. */
  hasReadyOther(): boolean
  /** Tells the others at once how this node is. */
  tellStatus(): void
  /** Tells the other nodes that settings or webhooks have changed, or callers have to be looked at again. */
  tell(what: 'settings' | 'recheck' | 'webhooks'): void
  /** To be called when a connection came, or its channels changed. */
  put(connection: Connection): void
  /** To be called when a connection went. */
  removed(connection: Connection): void
  start(): void
  /** Says goodbye. */
  stop(): Promise<void>
}

type Change = { put: PeerRecord } | { gone: string }

/** Creates this node's view of the cluster. Nothing of it is kept: every node tells the others what it has. */
export function createCluster(parts: ClusterParts): Cluster {
  const { bus, node, hub, status } = parts
  const peers = new Peers({
    joined(peer, channel) {
      hub().presence.joined(peer, channel)
      parts.onFollowed(channel)
    },
    left: (peer, channel) => hub().presence.left(peer, channel),
  })
  const members = new Members((gone) => {
    peers.retain(gone, new Set())
    tellNodes()
  })
  const questions = new Questions(bus, node)
  let changes: Change[] = []
  let gathering: NodeJS.Timeout | null = null
  let alive: NodeJS.Timeout | undefined
  let looking: NodeJS.Timeout | undefined

  const record = (connection: Connection): PeerRecord => ({
    info: connectionInfo(hub(), connection, node),
    kind: connection.principal.kind,
    ownChannels: [...connection.ownChannels],
    secretId: connection.secretId,
    privileged: connection.privileged,
    connectedAtMs: connection.connectedAt,
    joinedAtMs: [...connection.joinedAtMs],
  })

  function note(change: () => Change): void {
    // A node that comes is told of all there is.
    if (members.size === 0) return
    changes.push(change())
    gathering ??= setTimeout(tellChanges, GATHER_MS).unref()
  }

  function tellChanges(): void {
    if (gathering !== null) clearTimeout(gathering)
    gathering = null
    for (let at = 0; at < changes.length; at += ROLL_CHUNK) {
      bus.send({ kind: 'connections', changes: changes.slice(at, at + ROLL_CHUNK) })
    }
    changes = []
  }

  /** Tells of everything that this node has: whoever hears it drops what is not among it. */
  function callRoll(): void {
    tellChanges()
    sayAlive()
    const connections = [...hub().connections.values()]
    bus.send({ kind: 'roll', ids: connections.map(({ id }) => id) })
    for (let at = 0; at < connections.length; at += ROLL_CHUNK) {
      const chunk = connections.slice(at, at + ROLL_CHUNK)
      bus.send({ kind: 'connections', changes: chunk.map((connection): Change => ({ put: record(connection) })) })
    }
  }

  const tellNodes = () => parts.onNodes(members.list(0).map((other) => other.node))

  const sayAlive = () => bus.send({ kind: 'alive', status: status() })

  function take(said: Note, from: string): void {
    if (questions.take(said, from)) return
    switch (said.kind) {
      case 'alive':
        if (!members.has(from)) bus.send({ kind: 'who', to: from })
        return members.heard(from, said['status'] as NodeStatus, performance.now(), hub().head)
      case 'who':
        return said['to'] === undefined || said['to'] === node ? callRoll() : undefined
      case 'bye':
        return members.gone(from)
      case 'roll':
        return peers.retain(from, new Set(said['ids'] as string[]))
      case 'connections':
        return apply(from, said['changes'] as Change[])
      case 'ephemeral':
        return hub().deliverEphemeral((said['messages'] as EphemeralNote[]).map(toDelivery))
      case 'kick':
        return hub().kicks.remember(said['keys'] as string[], Date.now())
      case 'settings':
        return parts.onSettings()
      case 'recheck':
        return parts.onRecheck()
      case 'webhooks':
        return parts.onWebhooks()
    }
  }

  function apply(from: string, told: readonly Change[]): void {
    for (const change of told) {
      if ('put' in change) peers.put(from, change.put)
      else peers.remove(from, change.gone)
    }
  }

  const neighbours: HubNeighbours = {
    hear: (channel) => peers.isFollowed(channel),
    relay(deliveries) {
      if (members.size === 0) return
      bus.send({
        kind: 'ephemeral',
        messages: deliveries.map(({ channel, json, exclude }) => [channel, json, exclude]),
      })
    },
    tellKick: (keys) => bus.send({ kind: 'kick', keys }),
    present: (channel) => peers.present(channel),
    followers: (channel) => peers.followers(channel),
    channels: () => peers.channels(),
  }

  return {
    neighbours,
    peers,
    questions,
    others: () => members.list(performance.now()),
    lost: () => members.lost(performance.now()),
    hasReadyOther: () =>
      members
        .list(performance.now())
        .some(({ status: { draining }, silentMs }) => !draining && silentMs < AWAY_AFTER_MS),
    tellStatus: sayAlive,
    tell: (what) => bus.send({ kind: what }),
    put: (connection) => note(() => ({ put: record(connection) })),
    removed: ({ id }) => note(() => ({ gone: id })),
    start() {
      bus.listen(take)
      sayAlive()
      bus.send({ kind: 'who' })
      alive = setInterval(() => {
        sayAlive()
        members.sweep(performance.now())
      }, ALIVE_EVERY_MS).unref()
      // By then every node that lives was heard of; what one left behind that died with nobody watching goes too.
      looking = setInterval(tellNodes, LOOK_EVERY_MS).unref()
    },
    async stop() {
      clearInterval(alive)
      clearInterval(looking)
      tellChanges()
      bus.send({ kind: 'bye' })
      await bus.close()
    },
  }
}

type EphemeralNote = [channel: string, json: string, exclude: string | null]

function toDelivery([channel, json, exclude]: EphemeralNote): Delivery {
  return new Delivery(channel, json, exclude, 0, null)
}
