import type { Logger } from 'pino'
import type { Seat, Seats } from './seats.ts'
import { type Incoming, Session } from './session.ts'

/** How often the node says that it still uses its sessions, and looks for those that nobody uses. */
const ROUND_MS = 5000
/** A session that nothing came from for so long has nothing left. */
const QUIET_MS = 3000

export interface RosterOptions {
  url: string
  filters: readonly string[]
  /** Name under which nodes share the messages; null: one node at a time takes all of them. */
  group: string | null
  /** Name of this node's own session. */
  clientId: string
  /** Name of this process. */
  holder: string
  /** Whether no other node can be there. */
  alone: boolean
  seats: Seats
  take: (message: Incoming) => Promise<void>
  onRepeated: () => void
  log: Logger
}

/**
 * - `none`: no session yet.
 * - `standby`: another node takes all messages.
 * - `in`: this node has a session.
 */
type Place = { kind: 'none' } | { kind: 'standby' } | { kind: 'in'; seat: Seat; session: Session }

/**
 * The sessions that this node uses: its own, and for a while those of nodes that are gone. The broker goes on handing
 * a session its share of the messages when nobody is there; what is in it is taken in, and then it is given up.
 */
export class Roster {
  readonly #options: RosterOptions
  #group: string | null
  #place: Place = { kind: 'none' }
  readonly #orphans = new Map<string, { session: Session; quietSinceMs: number }>()
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(options: RosterOptions) {
    this.#options = options
    this.#group = options.group
    this.#next(0)
  }

  /** Whether messages come in, here or by another node that takes all of them. */
  get ok(): boolean {
    return this.#place.kind === 'standby' || (this.#place.kind === 'in' && this.#place.session.state.kind === 'open')
  }

  /** Takes nothing more in; what came before can still be acknowledged. */
  async pause(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#round
    for (const session of this.#sessions()) session.pause()
  }

  /** Leaves; the broker keeps what comes for whoever takes the sessions next. */
  async stop(): Promise<void> {
    await Promise.all(this.#sessions().map((session) => session.stop()))
    await Promise.all(this.#names().map((clientId) => this.#options.seats.release(clientId, this.#options.holder)))
  }

  #sessions(): Session[] {
    const own = this.#place.kind === 'in' ? [this.#place.session] : []
    return [...own, ...[...this.#orphans.values()].map(({ session }) => session)]
  }

  #names(): string[] {
    return [...(this.#place.kind === 'in' ? [this.#place.seat.clientId] : []), ...this.#orphans.keys()]
  }

  #next(pauseMs: number): void {
    clearTimeout(this.#timer)
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.#round = this.#go()
        .catch((err: unknown) => this.#options.log.debug({ err }, 'The MQTT sessions could not be looked after'))
        .finally(() => this.#next(ROUND_MS))
    }, pauseMs).unref()
  }

  async #go(): Promise<void> {
    await this.#holdOn()
    if (this.#place.kind !== 'in') await this.#sitDown()
    await this.#dismissQuiet()
    const orphan = await this.#options.seats.takeOrphan(this.#options.holder)
    if (orphan !== null && !this.#names().includes(orphan.clientId)) this.#adopt(orphan)
  }

  async #holdOn(): Promise<void> {
    const names = this.#names()
    if (names.length === 0) return
    const held = new Set(await this.#options.seats.hold(names, this.#options.holder))
    if (this.#place.kind === 'in' && !held.has(this.#place.seat.clientId)) {
      await this.#place.session.stop()
      this.#place = { kind: 'none' }
    }
    for (const [clientId, { session }] of this.#orphans) {
      if (held.has(clientId)) continue
      await session.stop()
      this.#orphans.delete(clientId)
    }
  }

  async #sitDown(): Promise<void> {
    const { seats, clientId, holder, alone } = this.#options
    const seat =
      this.#group === null ? await seats.takeOnly(clientId, holder, alone) : await seats.take(clientId, holder)
    if (seat === null) {
      // Two processes of one name: the second one is a node of its own.
      const other = this.#group === null ? null : await seats.take(`${clientId}-${holder.slice(-4)}`, holder)
      if (other === null) this.#place = { kind: this.#group === null ? 'standby' : 'none' }
      else this.#enter(other)
    } else this.#enter(seat)
  }

  #enter(seat: Seat): void {
    const session = this.#open(seat, this.#options.filters, this.#group, this.#options.take)
    this.#place = { kind: 'in', seat, session }
  }

  #adopt(seat: Seat): void {
    const orphan = { session: this.#open(seat, [], null, take), quietSinceMs: Date.now() }
    const { take: takeIn } = this.#options
    function take(message: Incoming): Promise<void> {
      orphan.quietSinceMs = Date.now()
      return takeIn(message)
    }
    this.#orphans.set(seat.clientId, orphan)
  }

  async #dismissQuiet(): Promise<void> {
    const { seats, holder, log } = this.#options
    for (const [clientId, { session, quietSinceMs }] of this.#orphans) {
      if (session.state.kind !== 'open' || Date.now() - Math.max(quietSinceMs, session.state.sinceMs) < QUIET_MS)
        continue
      await session.stop(true)
      this.#orphans.delete(clientId)
      await seats.forget(clientId, holder)
      log.info({ clientId }, 'The MQTT session of a node that is gone was emptied')
    }
  }

  #open(seat: Seat, filters: readonly string[], group: string | null, take: RosterOptions['take']): Session {
    const { url, seats, onRepeated, log } = this.#options
    return new Session({
      url,
      clientId: seat.clientId,
      filters,
      formerSubscriptions: seat.subscriptions,
      group,
      take,
      onRepeated,
      onSubscribed: (subscriptions) => seats.note(seat.clientId, subscriptions),
      onUnshared: () => void this.#goAlone(),
      log,
    })
  }

  /** The broker does not share messages out: from now on one node at a time takes all of them. */
  async #goAlone(): Promise<void> {
    const { seats, holder } = this.#options
    const names = this.#names()
    this.#group = null
    this.#place = { kind: 'none' }
    for (const clientId of names) await seats.release(clientId, holder).catch(() => undefined)
    this.#next(0)
  }
}
