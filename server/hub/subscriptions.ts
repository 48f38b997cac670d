import { hasWildcard, namespaceOf } from '../../shared/channel.ts'
import type { Connection } from './connection.ts'
import type { Group } from './delivery.ts'
import { RateWindow } from './rate-window.ts'

/** A channel that somebody follows or that had messages of late. */
export class Channel {
  readonly name: string
  /** Connections that named the channel itself. */
  readonly exact: Group = new Set()
  readonly rate = new RateWindow()
  readonly bytesRate = new RateWindow()
  /** Epoch milliseconds of the last message; 0 for none. */
  lastMessageAt = 0
  /** Groups of the patterns that match, as of `patternsVersion`. */
  patternGroups: readonly Group[] = []
  patternsVersion = -1

  constructor(name: string) {
    this.name = name
  }
}

/** A node of the tree of patterns, one level a segment. */
interface PatternNode {
  children: Map<string, PatternNode>
  /** Those whose pattern ends here. */
  here: Group
  /** The same, for whom the reserved namespaces are masked out. */
  masked: Group
}

const newNode = (): PatternNode => ({ children: new Map(), here: new Set(), masked: new Set() })

/**
 * Knows who follows what. A message finds its receivers by its channel's own group and the groups of
 * matching patterns, which are looked up once per channel and kept until a pattern comes or goes.
 */
export class Subscriptions {
  readonly #channels = new Map<string, Channel>()
  #patterns = newNode()
  /** Grows whenever the set of patterns changes. */
  #version = 0
  readonly #find: (connectionId: string) => Connection | undefined

  /** `find` looks up an open connection, whose own channel `connection/<id>` needs no record while nobody uses it. */
  constructor(find: (connectionId: string) => Connection | undefined = () => undefined) {
    this.#find = find
  }

  get channels(): ReadonlyMap<string, Channel> {
    return this.#channels
  }

  /** Returns the channel's record, making it if need be. */
  channel(name: string): Channel {
    let channel = this.#channels.get(name)
    if (!channel) {
      this.#makeRoom()
      this.#channels.set(name, (channel = new Channel(name)))
    }
    return channel
  }

  /** Forgets some of the oldest records that nobody follows when there are very many: an app may name a channel an order. */
  #makeRoom(): void {
    if (this.#channels.size < MANY_CHANNELS) return
    let looks = ROOM_LOOKS
    for (const channel of this.#channels.values()) {
      if (looks-- === 0) return
      this.#channels.delete(channel.name)
      // One that is followed goes to the end of the line, so that the next look meets others.
      if (channel.exact.size > 0) this.#channels.set(channel.name, channel)
    }
  }

  /** Returns the groups whose connections get messages of `channel`, none of them empty; one may be in several. */
  groups(channel: Channel): Group[] {
    const groups: Group[] = channel.exact.size > 0 ? [channel.exact] : []
    const own = channel.name.startsWith(OWN_PREFIX) && this.#find(channel.name.slice(OWN_PREFIX.length))
    if (own) {
      own.addressed = true
      groups.push(new Set([own]))
    }
    for (const group of this.#patternGroups(channel)) if (group.size > 0) groups.push(group)
    return groups
  }

  #patternGroups(channel: Channel): readonly Group[] {
    if (channel.patternsVersion !== this.#version) {
      channel.patternGroups = this.#match(channel.name)
      channel.patternsVersion = this.#version
    }
    return channel.patternGroups
  }

  add(connection: Connection, pattern: string): void {
    if (!hasWildcard(pattern)) {
      this.channel(pattern).exact.add(connection)
      return
    }
    const group = this.#groupOf(pattern, connection.privileged)
    if (group.size === 0) this.#version++
    group.add(connection)
  }

  remove(connection: Connection, pattern: string): void {
    if (!hasWildcard(pattern)) {
      const channel = this.#channels.get(pattern)
      channel?.exact.delete(connection)
      if (channel) this.#dropIfIdle(channel)
      return
    }
    const group = this.#groupOf(pattern, connection.privileged)
    group.delete(connection)
    if (group.size === 0) {
      this.#prune(this.#patterns, pattern.split('/'), 0)
      this.#version++
    }
  }

  /** Counts the distinct connections that follow a channel, without the one of id `except`. */
  subscribers(channel: Channel, except: string | null = null): number {
    const groups = this.groups(channel)
    if (groups.length === 1 && except === null) return groups[0]!.size
    const all = new Set<string>()
    for (const group of groups) for (const connection of group) all.add(connection.id)
    if (except !== null) all.delete(except)
    return all.size
  }

  /** Counts the connections that a message on `channel` is handed to now: the live ones, without the one of id `except`. */
  receivers(channel: Channel, except: string | null): number {
    const groups = this.groups(channel)
    let count = 0
    for (const [i, group] of groups.entries()) {
      for (const connection of group) {
        // Of the groups before, which are few, none may hold it too.
        if (connection.mode !== 'live' || connection.id === except) continue
        if (i === 0 || !groups.slice(0, i).some((earlier) => earlier.has(connection))) count++
      }
    }
    return count
  }

  /** Forgets channels that nobody names and that had no message since `before` (epoch milliseconds). */
  sweep(before: number): void {
    for (const channel of this.#channels.values()) if (channel.lastMessageAt < before) this.#dropIfIdle(channel)
  }

  #dropIfIdle(channel: Channel): void {
    if (channel.exact.size === 0 && channel.lastMessageAt < Date.now() - IDLE_CHANNEL_MS) {
      this.#channels.delete(channel.name)
    }
  }

  #groupOf(pattern: string, privileged: boolean): Group {
    let node = this.#patterns
    for (const segment of pattern.split('/')) {
      let next = node.children.get(segment)
      if (!next) node.children.set(segment, (next = newNode()))
      node = next
    }
    return privileged || !pattern.startsWith('*') ? node.here : node.masked
  }

  #match(name: string): Group[] {
    const groups: Group[] = []
    const reach = reachOf(name)
    const collect = (node: PatternNode | undefined) => {
      if (!node || reach === 'none') return
      if (node.here.size > 0) groups.push(node.here)
      if (reach === 'all' && node.masked.size > 0) groups.push(node.masked)
    }
    const segments = name.split('/')
    const walk = (node: PatternNode, depth: number) => {
      if (depth === segments.length) return collect(node)
      collect(node.children.get('**'))
      for (const key of [segments[depth]!, '*']) {
        const next = node.children.get(key)
        if (next) walk(next, depth + 1)
      }
    }
    walk(this.#patterns, 0)
    return groups
  }

  /** Removes nodes that hold nobody; returns whether `node` itself is empty now. */
  #prune(node: PatternNode, segments: readonly string[], depth: number): boolean {
    const segment = segments[depth]
    const child = segment === undefined ? undefined : node.children.get(segment)
    if (child && this.#prune(child, segments, depth + 1)) node.children.delete(segment!)
    return node.children.size === 0 && node.here.size === 0 && node.masked.size === 0
  }
}

/**
 * Tells whose wildcards reach a channel: everybody's; in the reserved namespaces those that name the namespace, or
 * are a privileged caller's; and nobody's where two participants of a room talk to each other.
 */
export function reachOf(channel: string): 'all' | 'named' | 'none' {
  const namespace = namespaceOf(channel)
  if (namespace === null) return 'all'
  return namespace === 'participant' ? 'none' : 'named'
}

/** From this number of records on, a new one has to make room for itself. */
const MANY_CHANNELS = 20_000
const ROOM_LOOKS = 4

/** Every connection has a channel of its own. */
const OWN_PREFIX = 'connection/'

/** Returns the channel that a connection has of its own. */
export function ownChannelOf(connectionId: string): string {
  return `${OWN_PREFIX}${connectionId}`
}

/** How long a channel without subscribers is remembered after its last message. */
export const IDLE_CHANNEL_MS = 300_000
