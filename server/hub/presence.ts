import { hasWildcard } from '../../shared/channel.ts'
import type { PresenceFrame } from '../../shared/protocol.ts'
import type { Connection } from './connection.ts'
import type { Group } from './delivery.ts'
import type { HubNeighbours } from './neighbours.ts'
import { describeMember, joinedAtMs, memberKey, type Present } from './presence-member.ts'
import { Channel, Subscriptions } from './subscriptions.ts'
import type { Outgoing } from './wire.ts'

/** What presence needs of its hub. */
export interface PresenceHost {
  readonly subscriptions: Pick<Subscriptions, 'channels'>
  readonly neighbours: Pick<HubNeighbours, 'present'>
  slowLimitBytes(): number
  onSlow(connection: Connection): void
}

/** A coming or going that is about to be told. */
interface News extends Outgoing {
  /** Whose connection it was: it is not told of itself. */
  about: Present
}

/** A user's connections to one channel, the oldest first; an anonymous connection is alone. */
export type MemberConnections = readonly [Present, ...Present[]]

const NOBODY: Group = new Set()

/**
 * Knows who is in a channel: whoever follows it by its name, on any node. Whoever asked is told of comings and goings;
 * a user comes with the first of their connections and goes with the last. While nobody asks for a channel, nothing
 * is counted for it.
 */
export class Presence {
  readonly #host: PresenceHost
  readonly #watchers = new Subscriptions()
  /** Pairs of a connection and what it watches. */
  #watches = 0
  /** Of each watched channel: how many connections each member has. */
  readonly #counts = new Map<string, Map<string, number>>()
  /** What is told at the end of the turn. */
  readonly #news = new Map<string, News[]>()

  constructor(host: PresenceHost) {
    this.#host = host
  }

  /** Lets `connection` hear of comings and goings on what it follows by `pattern`. */
  watch(connection: Connection, pattern: string): void {
    if (connection.watching.has(pattern)) return
    connection.watching.add(pattern)
    this.#watchers.add(connection, pattern)
    this.#watches++
  }

  unwatch(connection: Connection, pattern: string): void {
    if (!connection.watching.delete(pattern)) return
    this.#watchers.remove(connection, pattern)
    if (--this.#watches === 0) this.#counts.clear()
  }

  set(connection: Connection, pattern: string, on: boolean): void {
    if (on) this.watch(connection, pattern)
    else this.unwatch(connection, pattern)
  }

  /** To be called after a connection followed a channel. */
  joined(connection: Present, channel: string): void {
    if (!this.#isWatched(channel)) return
    const known = this.#counts.get(channel)
    const counts = known ?? this.#count(channel)
    const key = memberKey(connection)
    // A fresh count holds the newcomer already.
    const count = (counts.get(key) ?? 0) + (known ? 1 : 0)
    counts.set(key, count)
    if (count === 1) this.#tell('presence_join', channel, connection)
  }

  /** To be called after a connection stopped following a channel. */
  left(connection: Present, channel: string): void {
    if (!this.#isWatched(channel)) return
    const known = this.#counts.get(channel)
    const counts = known ?? this.#count(channel)
    const key = memberKey(connection)
    const count = (counts.get(key) ?? 0) - (known ? 1 : 0)
    if (count > 0) counts.set(key, count)
    else {
      counts.delete(key)
      this.#tell('presence_leave', channel, connection)
    }
  }

  /** Returns who is in a channel, in the order in which they came. */
  members(channel: string): MemberConnections[] {
    const members = new Map<string, [Present, ...Present[]]>()
    for (const connection of this.#everybody(channel)) {
      const key = memberKey(connection)
      const known = members.get(key)
      if (known) known.push(connection)
      else members.set(key, [connection])
    }
    return [...members.values()]
  }

  /** This node's first, then those of others; each in the order in which they came. */
  #everybody(channel: string): Present[] {
    const here = this.#host.subscriptions.channels.get(channel)?.exact ?? NOBODY
    return [...here, ...this.#host.neighbours.present(channel)]
  }

  #isWatched(channel: string): boolean {
    if (this.#watches === 0 || hasWildcard(channel)) return false
    if (this.#watchersOf(channel).length > 0) return true
    // Who comes and goes from now on is not counted.
    this.#counts.delete(channel)
    return false
  }

  #watchersOf(name: string): Group[] {
    return this.#watchers.groups(this.#watchers.channels.get(name) ?? new Channel(name))
  }

  #count(channel: string): Map<string, number> {
    const counts = new Map<string, number>()
    for (const connection of this.#everybody(channel)) {
      const key = memberKey(connection)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    this.#counts.set(channel, counts)
    return counts
  }

  #tell(type: PresenceFrame['type'], channel: string, about: Present): void {
    if (this.#news.size === 0) setImmediate(() => this.#flush())
    const member = describeMember([about], joinedAtMs(about, channel), () => false)
    const frame: PresenceFrame = { type, channel, member }
    const news: News = { id: null, json: JSON.stringify(frame), about }
    const waiting = this.#news.get(channel)
    if (waiting) waiting.push(news)
    else this.#news.set(channel, [news])
  }

  #flush(): void {
    const slow = new Set<Connection>()
    for (const [channel, news] of this.#news) {
      const buffers: Buffer[] = []
      for (const watcher of new Set(this.#watchersOf(channel).flatMap((group) => [...group]))) {
        send(watcher, news, buffers)
        if (watcher.sink.writableLength > this.#host.slowLimitBytes()) slow.add(watcher)
      }
    }
    this.#news.clear()
    // Last, since closing them is news itself.
    for (const connection of slow) this.#host.onSlow(connection)
  }
}

/** Writes all news but those of itself; `buffers` holds what others on the same wire got. */
function send(watcher: Connection, news: readonly News[], buffers: (Buffer | undefined)[]): void {
  if (watcher.mode !== 'live' && watcher.mode !== 'replaying') return
  const { wire } = watcher
  if (news.every(({ about }) => about !== watcher)) {
    watcher.send((buffers[wire.index] ??= wire.messages(news)))
    return
  }
  const others = news.filter(({ about }) => about !== watcher)
  if (others.length > 0) watcher.send(wire.messages(others))
}
