import { hasWildcard, matches } from '../../shared/channel.ts'
import type { ConnectionInfo } from '../../shared/api.ts'
import { reachOf } from '../hub/subscriptions.ts'
import type { Present } from '../hub/presence-member.ts'

/** A connection as its node tells of it. */
export interface PeerRecord {
  info: ConnectionInfo
  /** The caller's kind. */
  kind: string
  ownChannels: string[]
  secretId: boolean
  privileged: boolean
  connectedAtMs: number
  /** When it followed channels that it did not have from the start, in epoch milliseconds. */
  joinedAtMs: [channel: string, atMs: number][]
}

/** A connection of another node. */
export class Peer implements Present {
  readonly id: string
  readonly principal: { readonly kind: string }
  readonly userId: string | null
  readonly name: string | null
  readonly secretId: boolean
  readonly privileged: boolean
  readonly connectedAt: number
  readonly joinedAtMs: ReadonlyMap<string, number>
  readonly transport: string
  readonly ip: string
  readonly userAgent: string
  readonly channels: ReadonlySet<string>
  readonly ownChannels: readonly string[]
  /** As it was last told: the figures are of then. */
  readonly info: ConnectionInfo

  constructor({ info, kind, ownChannels, secretId, privileged, connectedAtMs, joinedAtMs }: PeerRecord) {
    this.id = info.id
    this.principal = { kind }
    this.userId = info.userId
    this.name = info.name
    this.secretId = secretId
    this.privileged = privileged
    this.connectedAt = connectedAtMs
    this.joinedAtMs = new Map(joinedAtMs)
    this.transport = info.transport
    this.ip = info.ip
    this.userAgent = info.userAgent
    this.channels = new Set(info.channels)
    this.ownChannels = ownChannels
    this.info = info
  }
}

/** Hears when a connection of another node comes to a channel, or leaves one. */
export interface PeerWatcher {
  joined(peer: Present, channel: string): void
  left(peer: Present, channel: string): void
}

/** The connections of all other nodes, as these tell of them. */
export class Peers {
  readonly #watcher: PeerWatcher
  readonly #nodes = new Map<string, Map<string, Peer>>()
  readonly #byId = new Map<string, Peer>()
  /** Those who follow a channel by its name. */
  readonly #byChannel = new Map<string, Set<Peer>>()
  /** Those who follow patterns. */
  readonly #wild = new Set<Peer>()

  constructor(watcher: PeerWatcher) {
    this.#watcher = watcher
  }

  /** Takes a new connection of a node, or one whose channels have changed. */
  put(node: string, record: PeerRecord): void {
    const own = this.#nodes.get(node) ?? new Map<string, Peer>()
    this.#nodes.set(node, own)
    const before = own.get(record.info.id)
    const peer = new Peer(record)
    own.set(peer.id, peer)
    this.#byId.set(peer.id, peer)
    if (before) this.#wild.delete(before)
    if ([...peer.channels].some(hasWildcard)) this.#wild.add(peer)
    for (const channel of channelsOf(before)) this.#leave(before!, channel, !channelsOf(peer).includes(channel))
    for (const channel of channelsOf(peer)) this.#join(peer, channel, !channelsOf(before).includes(channel))
  }

  remove(node: string, id: string): void {
    const peer = this.#nodes.get(node)?.get(id)
    if (peer === undefined) return
    this.#nodes.get(node)!.delete(id)
    this.#byId.delete(id)
    this.#wild.delete(peer)
    for (const channel of channelsOf(peer)) this.#leave(peer, channel, true)
  }

  /** Keeps those of a node that `ids` names. */
  retain(node: string, ids: ReadonlySet<string>): void {
    for (const id of [...(this.#nodes.get(node)?.keys() ?? [])]) if (!ids.has(id)) this.remove(node, id)
  }

  find(id: string): Peer | undefined {
    return this.#byId.get(id)
  }

  all(): Iterable<Peer> {
    return this.#byId.values()
  }

  present(channel: string): Iterable<Peer> {
    return this.#byChannel.get(channel) ?? []
  }

  isFollowed(channel: string): boolean {
    return this.#byChannel.has(channel)
  }

  /** Channels that somebody on another node follows by name. */
  channels(): Iterable<string> {
    return this.#byChannel.keys()
  }

  /** Returns those who follow a channel, by its name or by a pattern. */
  followers(channel: string): Peer[] {
    const exact = this.#byChannel.get(channel) ?? NOBODY
    const byPattern = [...this.#wild].filter((peer) => !exact.has(peer) && reaches(peer, channel))
    return [...exact, ...byPattern]
  }

  #join(peer: Peer, channel: string, isNew: boolean): void {
    const group = this.#byChannel.get(channel)
    if (group) group.add(peer)
    else this.#byChannel.set(channel, new Set([peer]))
    if (isNew) this.#watcher.joined(peer, channel)
  }

  #leave(peer: Peer, channel: string, isGone: boolean): void {
    const group = this.#byChannel.get(channel)
    group?.delete(peer)
    if (group?.size === 0) this.#byChannel.delete(channel)
    if (isGone) this.#watcher.left(peer, channel)
  }
}

const NOBODY: ReadonlySet<Peer> = new Set()

function reaches({ channels, privileged }: Peer, channel: string): boolean {
  const reach = reachOf(channel)
  return [...channels].some((pattern) => {
    const isNamed = privileged || !pattern.startsWith('*')
    return matches(pattern, channel) && (reach === 'all' || (reach === 'named' && isNamed))
  })
}

/** The channels that a connection follows by name. */
function channelsOf(peer: Peer | undefined): string[] {
  if (peer === undefined) return []
  return [...new Set([...peer.ownChannels, ...peer.channels])].filter((channel) => !hasWildcard(channel))
}
