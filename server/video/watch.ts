import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { LiveSettings } from '../../shared/settings.ts'
import type { Caller } from '../auth/caller.ts'
import type { Connection } from '../hub/connection.ts'
import type { Hub } from '../hub/hub.ts'
import type { ParticipantTable } from '../store/video-participants.ts'
import type { RoomRegistry } from './registry.ts'

/** How often those whose connections are gone are looked for, in milliseconds. */
const TICK_MS = 1000
/**
 * How often participants are written to over event streams: what is on its way to somebody who vanished remains
 * unanswered, and is what tells. A heartbeat in between would make clients expect the next one as soon.
 */
const PROD_EVERY_MS = 5000
/**
 * Of so many of those times, over WebSocket, one is a ping: two that go unanswered close the connection, and a phone may
 * take some seconds.
 */
const PING_EVERY_PRODS = 2
/** How often, within the time that a place is kept, the database is told of who is connected here. */
const TOLD_TIMES = 4

export interface WatchParts {
  hub: () => Hub
  registry: RoomRegistry
  participants: Pick<ParticipantTable, 'seen' | 'away'>
  settings: Pick<LiveSettings, 'values'>
  /** Lets somebody leave whose connection stayed away. */
  dismiss: (participantId: string) => Promise<void>
  log: Logger
}

/** Knows the connections of rooms on this node, and lets those leave whose connections stay away. */
export class RoomWatch {
  readonly #parts: WatchParts
  /** The connections that belong to a room, by its id. */
  readonly #connections = new Map<string, Set<Connection>>()
  /** Participants whose connections opened or closed since the last tick. */
  readonly #moved = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #prodding: NodeJS.Timeout | undefined
  #prods = 0
  #ticks = 0
  #working: Promise<void> | null = null
  /** Since when the database has been told without a break who is connected, by the monotonic clock. */
  #steadySinceMs = 0

  constructor(parts: WatchParts) {
    this.#parts = parts
  }

  /** Begins; nobody is taken for away before those who were here have had their time to come back. */
  start(): void {
    this.#steadySinceMs = performance.now()
    this.#timer = setInterval(() => void (this.#working ??= this.#tick()), TICK_MS).unref()
    this.#prodding = setInterval(() => this.#prod(), PROD_EVERY_MS).unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    clearInterval(this.#prodding)
    await this.#working
  }

  connected(connection: Connection): void {
    const roomId = roomOf(connection)
    if (roomId === null) return
    const known = this.#connections.get(roomId)
    if (known) known.add(connection)
    else this.#connections.set(roomId, new Set([connection]))
    this.#note(connection)
  }

  disconnected(connection: Connection): void {
    const roomId = roomOf(connection)
    if (roomId === null) return
    const known = this.#connections.get(roomId)
    known?.delete(connection)
    if (known?.size === 0) this.#connections.delete(roomId)
    this.#note(connection)
  }

  #note(connection: Connection): void {
    const participantId = participantOf(connection)
    if (participantId !== null) this.#moved.add(participantId)
  }

  #prod(): void {
    const hub = this.#parts.hub()
    const isPingDue = ++this.#prods % PING_EVERY_PRODS === 0
    for (const connections of this.#connections.values()) {
      for (const connection of connections) {
        if (connection.transport === 'sse') hub.tellPosition(connection)
        else if (isPingDue) ping(connection)
      }
    }
  }

  /** Closes the connections of those who are no longer in a room, once what was published before is written to them. */
  async evict(roomId: string): Promise<void> {
    await nextTurn()
    for (const connection of [...(this.#connections.get(roomId) ?? [])]) {
      if (!this.#isWelcome(connection)) this.#parts.hub().kick(connection)
    }
  }

  #isWelcome({ principal }: Connection): boolean {
    const { registry } = this.#parts
    const caller = principal as Caller
    if (caller.kind === 'host') return registry.get(caller.roomId) !== undefined
    return caller.kind !== 'user' || caller.room === null || registry.has(caller.room)
  }

  async #tick(): Promise<void> {
    try {
      await this.#tellSeen()
      await this.#dismissAway()
    } catch (err) {
      // Nobody could be seen meanwhile, on no node: all have their time again.
      this.#steadySinceMs = performance.now()
      this.#parts.log.debug({ err }, 'The participants of rooms could not be looked at')
    } finally {
      this.#working = null
    }
  }

  /** Other nodes go by what the database says: it is told of who is connected here long before they would act. */
  async #tellSeen(): Promise<void> {
    const moved = [...this.#moved]
    const everyTicks = Math.max(1, Math.floor((this.#awaySeconds * 1000) / TICK_MS / TOLD_TIMES))
    const isDue = this.#ticks++ % everyTicks === 0
    await this.#parts.participants.seen(isDue ? [...new Set([...this.#online(), ...moved])] : moved)
    for (const id of moved) this.#moved.delete(id)
  }

  async #dismissAway(): Promise<void> {
    const { registry, participants, dismiss } = this.#parts
    if (performance.now() - this.#steadySinceMs < this.#awaySeconds * 1000) return
    if (registry.counts().participants === 0) return
    for (const id of await participants.away(this.#awaySeconds, this.#online())) {
      // One who came back while the others were seen out stays.
      if (!this.#online().includes(id)) await dismiss(id)
    }
  }

  get #awaySeconds(): number {
    return this.#parts.settings.values.room_away_seconds
  }

  #online(): string[] {
    const ids = new Set<string>()
    for (const connections of this.#connections.values()) {
      for (const connection of connections) {
        const id = participantOf(connection)
        if (id !== null) ids.add(id)
      }
    }
    return [...ids]
  }
}

function ping(connection: Connection): void {
  const bytes = connection.wire.heartbeat(null)
  if (bytes) connection.send(bytes)
}

function roomOf({ principal }: Connection): string | null {
  const caller = principal as Caller
  if (caller.kind === 'host') return caller.roomId
  return caller.kind === 'user' ? (caller.room?.id ?? null) : null
}

function participantOf({ principal }: Connection): string | null {
  const caller = principal as Caller
  return caller.kind === 'user' ? (caller.room?.participantId ?? null) : null
}
