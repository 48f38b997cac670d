import type { Connection } from './connection.ts'
import type { Greet, Opener } from './opener.ts'
import type { Presence } from './presence.ts'
import type { Subscriptions } from './subscriptions.ts'

/** What following channels needs of its hub. */
export interface FollowingHost {
  readonly subscriptions: Pick<Subscriptions, 'add' | 'remove'>
  readonly presence: Pick<Presence, 'watch' | 'unwatch' | 'set' | 'joined' | 'left'>
  readonly observer: { changed(connection: Connection): void }
  /** Returns the offset up to which a connection has got everything. */
  offsetOf(connection: Connection): number
}

/** Keeps the channels of each connection, who gets their messages, and who is present in them the same. */
export class Following {
  readonly #host: FollowingHost
  readonly #opener: Opener

  constructor(host: FollowingHost, opener: Opener) {
    this.#host = host
    this.#opener = opener
  }

  /** Lets a new connection follow what it was opened with. */
  begin(connection: Connection): void {
    const { subscriptions, presence } = this.#host
    for (const channel of connection.ownChannels) subscriptions.add(connection, channel)
    for (const channel of connection.channels) subscriptions.add(connection, channel)
    for (const channel of connection.ownChannels) presence.joined(connection, channel)
    for (const channel of connection.channels) this.#welcome(connection, channel, connection.presence)
  }

  /** Lets a closed connection follow nothing any more; what it followed can still be read from it. */
  end(connection: Connection): void {
    const { subscriptions, presence } = this.#host
    for (const channel of connection.watching) presence.unwatch(connection, channel)
    for (const channel of [...connection.ownChannels, ...connection.channels]) {
      subscriptions.remove(connection, channel)
      presence.left(connection, channel)
    }
  }

  /**
   * Adds and removes channels of an open connection, from now on, without history; unsubscribes first. `presence` turns
   * it on or off for the added ones; without it, it is on where it was on or where the connection has it on for all.
   */
  change(
    connection: Connection,
    subscribe: readonly string[],
    unsubscribe: readonly string[],
    presence?: boolean,
  ): void {
    if (connection.mode === 'closed') return
    const host = this.#host
    for (const channel of unsubscribe) this.#unfollow(connection, channel)
    for (const channel of subscribe) {
      const isNew = !connection.channels.has(channel) && !connection.ownChannels.includes(channel)
      connection.channels.add(channel)
      if (isNew) {
        host.subscriptions.add(connection, channel)
        connection.joinedAtMs.set(channel, Date.now())
        noteFrom(connection, channel, host.offsetOf(connection))
        this.#welcome(connection, channel, presence ?? connection.presence)
      } else if (presence !== undefined) host.presence.set(connection, channel, presence)
    }
    host.observer.changed(connection)
  }

  /**
   * Adds one channel to a live connection, with what it missed of it since `lastEventId`: `greet` is called before that
   * is written. Resolves when it is live there too; one at a time per connection.
   */
  async joinSince(
    connection: Connection,
    channel: string,
    lastEventId: string,
    greet: Greet,
    presence?: boolean,
  ): Promise<void> {
    // One that is followed already would hand out twice what comes meanwhile.
    if (connection.channels.has(channel)) this.change(connection, [], [channel])
    let from = 0
    const greetFrom: Greet = (resume, offset) => {
      from = offset
      greet(resume, offset)
    }
    const follow = () => {
      this.change(connection, [channel], [], presence)
      noteFrom(connection, channel, from)
    }
    await this.#opener.join(connection, channel, lastEventId, greetFrom, follow)
  }

  #welcome(connection: Connection, channel: string, watches: boolean): void {
    if (watches) this.#host.presence.watch(connection, channel)
    this.#host.presence.joined(connection, channel)
  }

  #unfollow(connection: Connection, channel: string): void {
    const { subscriptions, presence } = this.#host
    const listed = connection.channels.delete(channel)
    if (!listed) return
    presence.unwatch(connection, channel)
    connection.joinedAtMs.delete(channel)
    connection.followedFrom?.delete(channel)
    if (connection.ownChannels.includes(channel)) return
    subscriptions.remove(connection, channel)
    presence.left(connection, channel)
  }
}

function noteFrom(connection: Connection, channel: string, offset: number): void {
  connection.followedFrom ??= new Map()
  connection.followedFrom.set(channel, offset)
}
