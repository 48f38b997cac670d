import type { Delivery } from './delivery.ts'
import type { Present } from './presence-member.ts'

/** A connection of another node that gets what is published to a channel. */
export interface Follower {
  readonly transport: string
  readonly userId: string | null
  readonly name: string | null
  readonly channels: ReadonlySet<string>
}

/** The other nodes, as far as the hub needs them. */
export interface HubNeighbours {
  /** Tells whether somebody on another node follows a channel by its name. */
  hear(channel: string): boolean
  /** Hands messages that have no place in the log to the other nodes' connections. */
  relay(deliveries: readonly Delivery[]): void
  /** Tells the other nodes whom not to let in for a while. */
  tellKick(keys: readonly string[]): void
  /** Returns the other nodes' connections that follow a channel by its name. */
  present(channel: string): Iterable<Present>
  /** Returns all that follow a channel, by its name or a pattern. */
  followers(channel: string): Iterable<Follower>
  /** Channels that somebody follows by name. */
  channels(): Iterable<string>
}

/** A node without neighbours. */
export const alone: HubNeighbours = {
  hear: () => false,
  relay: () => undefined,
  tellKick: () => undefined,
  present: () => [],
  followers: () => [],
  channels: () => [],
}
