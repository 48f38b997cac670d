import type { OccupiedChannels } from '../store/webhook-channels.ts'
import type { WebhookNews } from '../store/webhook-outbox.ts'
import { Occupancy } from './occupancy.ts'
import { payloadOf } from './payload.ts'
import type { Roster } from './roster.ts'

/** Most channels that are looked at in one turn; with more it takes several to get round. */
const LOOKS = 2500

/** Who is where, on any node. */
export interface Audience {
  /** Channels that somebody follows by name; some may be named twice. */
  channels(): Iterable<string>
  isFollowed(channel: string): boolean
}

export interface ChannelWatchParts {
  audience: Audience
  store: OccupiedChannels
  roster: Roster
}

/** Tells of channels that somebody follows by name, on any node, and that nobody follows any more. */
export class ChannelWatch {
  readonly #parts: ChannelWatchParts
  readonly #occupancy: Occupancy
  #round: Iterator<string> | null = null

  /** `told` are the channels that were told to be occupied. */
  constructor(parts: ChannelWatchParts, told: readonly string[]) {
    this.#parts = parts
    this.#occupancy = new Occupancy(told)
  }

  /**
   * Looks at some channels; returns how many deliveries came of it. What can't be stored is looked at again. Nobody is
   * missed before it `isSettled` who is there.
   */
  async look(nowMs: number, isSettled: boolean): Promise<number> {
    const { store } = this.#parts
    const names = this.#next()
    const isUnwanted = (name: string) => !this.#isWanted(name)
    const unwanted = names.filter((name) => isUnwanted(name) && this.#occupancy.told.has(name))
    if (unwanted.length > 0) await this.#keep(unwanted, null, store.forget(unwanted))
    const changes = names
      .filter((name) => !isUnwanted(name))
      .map((name) => ({ name, isFollowed: this.#parts.audience.isFollowed(name) }))
      .filter(({ isFollowed }) => isFollowed || isSettled)
      .map(({ name, isFollowed }) => ({ name, what: this.#occupancy.look(name, isFollowed, nowMs) }))
    const occupied = changes.filter(({ what }) => what === 'occupied').map(({ name }) => name)
    const vacated = changes.filter(({ what }) => what === 'vacated').map(({ name }) => name)
    let told = 0
    if (occupied.length > 0) told += await this.#keep(occupied, 'occupied', store.occupy(this.#news(occupied, true)))
    if (vacated.length > 0) told += await this.#keep(vacated, 'vacated', store.vacate(this.#news(vacated, false)))
    return told
  }

  async #keep<T>(names: readonly string[], what: 'occupied' | 'vacated' | null, stored: Promise<T>): Promise<T> {
    const result = await stored
    for (const name of names) this.#occupancy.tell(name, what)
    return result
  }

  #news(names: readonly string[], isOccupied: boolean): WebhookNews[] {
    const event = isOccupied ? 'channel.occupied' : 'channel.vacated'
    const timestamp = new Date().toISOString()
    return names.map((name) => ({
      event,
      subject: name,
      payload: payloadOf(event, timestamp, JSON.stringify({ channel: name })),
      webhookIds: this.#parts.roster.takers(event, name),
    }))
  }

  #isWanted(name: string): boolean {
    const { roster } = this.#parts
    return roster.takers('channel.occupied', name).length + roster.takers('channel.vacated', name).length > 0
  }

  /** The next of all channels that matter, each once. */
  #next(): string[] {
    const names = new Set<string>()
    for (let looks = LOOKS; looks > 0; looks--) {
      this.#round ??= this.#all()
      const step = this.#round.next()
      if (step.done) {
        this.#round = null
        break
      }
      names.add(step.value)
    }
    return [...names]
  }

  *#all(): Generator<string> {
    yield* this.#parts.audience.channels()
    yield* this.#occupancy.told
  }
}
