import { YayinError } from '../../shared/errors.ts'
import { formatPosition, parsePosition, type Position } from '../../shared/protocol.ts'
import type { LiveSettings } from '../../shared/settings.ts'
import type { Append, Broker, BrokerSink, History, KeptAnswer, LogEntry, NewMessage } from '../brokers/broker.ts'
import { type CloseReason, Connection, type ConnectionOptions, type Farewell } from './connection.ts'
import { Delivery } from './delivery.ts'
import { Fanout, type FanoutHost } from './fanout.ts'
import { Following, type FollowingHost } from './following.ts'
import { HeartbeatWheel } from './heartbeat.ts'
import type { HubObserver } from './hub-observer.ts'
import { KickList } from './kicks.ts'
import { LatencyWindow } from './latency.ts'
import { alone, type HubNeighbours } from './neighbours.ts'
import { Opener } from './opener.ts'
import { Outbox } from './outbox.ts'
import { Presence } from './presence.ts'
import { Publisher, type PublisherHost } from './publisher.ts'
import { RateWindow } from './rate-window.ts'
import { RecentLog } from './recent.ts'
import { ResumeCounts } from './resume-counts.ts'
import { Subscriptions } from './subscriptions.ts'
import { SECONDS, Tally } from './tally.ts'
import { beat, startTimers, type TimersHost } from './timers.ts'
import type { Tracer } from './tracer.ts'

export interface HubOptions {
  broker: Broker
  history: History
  settings: LiveSettings
  observer: HubObserver
  /** The other nodes; none if not given. */
  neighbours?: HubNeighbours
  /** Traces publishes; null or absent: nobody does. */
  tracer?: Tracer | null
}

/** The heart: takes messages in, knows who is connected and follows what, hands messages out. */
export class Hub implements BrokerSink, FanoutHost, FollowingHost, PublisherHost, TimersHost {
  readonly subscriptions = new Subscriptions((id) => this.find(id))
  readonly recent = new RecentLog()
  readonly history: History
  readonly settings: LiveSettings
  readonly observer: HubObserver
  readonly neighbours: HubNeighbours
  readonly tracer: Tracer | null
  readonly publisher: Publisher = new Publisher(this)
  /** From a publish taken in to its last byte handed to a socket. */
  readonly latency = new LatencyWindow()
  readonly deliveredRate = new RateWindow()
  /** Calls of the broker: how long they took, in seconds, and how many were refused. */
  readonly appends = { durations: new Tally(SECONDS), failed: 0 }
  readonly resumes = new ResumeCounts()
  /** Messages that connections got from the past. */
  replayed = 0
  readonly kicks = new KickList()
  readonly presence: Presence = new Presence(this)
  /** Most connections at one time since the start. */
  peak = 0
  epoch = ''
  /** Newest offset that was delivered here. */
  head = 0
  /** Newest offset that was written to the connections; behind `head` while some wait in the outbox. */
  written = 0
  readonly #broker: Broker
  readonly #opener = new Opener(this)
  readonly following: Following = new Following(this, this.#opener)
  readonly #fanout = new Fanout(this)
  readonly outbox = new Outbox((deliveries, acceptedAtMs) => this.#writeOut(deliveries, acceptedAtMs))
  readonly #wheel = new HeartbeatWheel((connections) => beat(this, connections))
  readonly #connections = new Map<string, Connection>()
  /** Traced publishes that are not written to the connections yet, in log order. */
  readonly #traced: { trace: NonNullable<NewMessage['trace']>; offset: number }[] = []
  #stopTimers: () => void = () => undefined

  constructor(options: HubOptions) {
    this.#broker = options.broker
    this.history = options.history
    this.settings = options.settings
    this.observer = options.observer
    this.neighbours = options.neighbours ?? alone
    this.tracer = options.tracer ?? null
  }

  /** Starts the broker and the timers; resolves when publishes are taken. */
  async start(): Promise<void> {
    await this.#broker.start(this)
    this.#stopTimers = startTimers(this, this.#wheel)
  }

  /** Stops the timers; connections are to be dismissed before. */
  stop(): void {
    this.flush()
    this.#stopTimers()
  }

  get connections(): ReadonlyMap<string, Connection> {
    return this.#connections
  }

  /** Messages handed out since the start: one to one connection counts one. */
  get delivered(): number {
    return this.#fanout.delivered
  }

  /** The newest place in the log that was delivered here. */
  get position(): Position {
    return { epoch: this.epoch, offset: this.head }
  }

  find(connectionId: string): Connection | undefined {
    return this.#connections.get(connectionId)
  }

  // ---- connections

  /**
   * Opens a connection: subscribes it, sends `connected`, replays what it missed since `lastEventId` (null for
   * nothing) and then delivers live. The gateway calls `remove` when the transport closes.
   * @throws YayinError `too_many_connections`
   */
  connect(options: ConnectionOptions, lastEventId: string | null): Connection {
    this.assertRoom()
    const connection = new Connection(options)
    this.#connections.set(connection.id, connection)
    this.peak = Math.max(this.peak, this.#connections.size)
    this.following.begin(connection)
    this.#wheel.add(connection)
    this.observer.connected(connection)
    this.#opener.open(connection, lastEventId)
    return connection
  }

  /** Tells whether one more connection may be opened. */
  hasRoom(): boolean {
    return this.#connections.size < this.settings.values.max_connections
  }

  /** @throws YayinError `too_many_connections` when `max_connections` are open */
  assertRoom(): void {
    if (this.hasRoom()) return
    const limit = this.settings.values.max_connections
    const detail = `all ${limit} connections of this server are in use`
    throw new YayinError('too_many_connections', detail, { retryAfterSeconds: 5 })
  }

  /** Forgets a connection whose transport is gone, or is to go; safe to call twice. */
  remove(connection: Connection, reason: CloseReason): void {
    if (connection.mode === 'closed') return
    connection.mode = 'closed'
    if (connection.catchUp) connection.catchUp.mode = 'closed'
    this.#connections.delete(connection.id)
    this.following.end(connection)
    this.#wheel.remove(connection)
    connection.end(reason)
    this.observer.disconnected(connection, reason)
  }

  /** Tells a client why it has to go, then closes it. `id` replaces the position that the client keeps. */
  dismiss(connection: Connection, farewell: Farewell, id?: string): void {
    if (connection.mode === 'closed') return
    const options = { ...(id !== undefined && { id }), ...(farewell.reconnect && { retryMs: farewell.retryMs }) }
    connection.send(connection.wire.frame({ type: 'disconnect', ...farewell }, options))
    this.remove(connection, farewell.reason)
  }

  /** Sends a client away for good: it is told not to come again, and is not let in for a minute. */
  kick(connection: Connection): void {
    const { marked, keys } = this.kicks.add(connection, parsePosition(this.positionOf(connection))!, Date.now())
    this.neighbours.tellKick(keys)
    this.dismiss(connection, { reason: 'kicked', reconnect: false, retryMs: 60_000 }, marked)
  }

  /** Position up to which a connection has got everything. */
  positionOf(connection: Connection): string {
    return formatPosition({ epoch: this.epoch, offset: this.offsetOf(connection) })
  }

  offsetOf({ mode, offset }: Connection): number {
    return mode === 'live' ? Math.max(this.written, offset) : offset
  }

  /**
   * Writes a live connection's position. One that has just followed a channel resumes from there and not from before,
   * when its messages were not for it.
   */
  tellPosition(connection: Connection): void {
    if (connection.mode !== 'live') return
    const bytes = connection.wire.position(this.positionOf(connection))
    if (bytes) connection.send(bytes)
  }

  slowLimitBytes(): number {
    return this.settings.values.slow_consumer_max_bytes
  }

  onSlow(connection: Connection): void {
    this.dismiss(connection, { reason: 'slow_consumer', reconnect: true, retryMs: 1000 })
  }

  // ---- messages

  append(append: Append): Promise<number> {
    const sinceMs = performance.now()
    const note = () => this.appends.durations.add((performance.now() - sinceMs) / 1000)
    const offset = this.#broker.append(append)
    offset.then(note, () => {
      note()
      this.appends.failed++
    })
    return offset
  }

  catchUp(): Promise<void> {
    return this.#broker.catchUp()
  }

  recall(key: string): Promise<KeptAnswer | null> {
    // Before the log has settled, a commit of unknown fate may come up right after the look.
    if (!this.#broker.ok()) return Promise.reject(new Error('the log has not settled yet'))
    return this.history.answer(key)
  }

  onHead(position: Position): void {
    this.flush()
    this.epoch = position.epoch
    this.head = position.offset
    this.written = position.offset
    this.recent.reset(position.offset)
    // Whoever is connected may lack what lies before the new head: it comes back, and is told of the gap.
    for (const connection of this.#connections.values()) this.remove(connection, 'error')
  }

  /**
   * Takes entries into this node's view of the log at once; they are written to the connections by the end of the turn
   * or, right after a long write, of a pause.
   */
  onEntries(entries: readonly LogEntry[]): void {
    const { epoch } = this
    const deliveries = entries.map((e) => new Delivery(e.channel, e.body, e.exclude, e.offset, epoch))
    this.head = entries.at(-1)!.offset
    this.recent.push(entries)
    this.outbox.add(deliveries, this.#settle(entries))
  }

  /** Writes what is in the log and waits for its turn to the connections at once. */
  flush(): void {
    this.outbox.flush()
  }

  #writeOut(deliveries: readonly Delivery[], acceptedAtMs: readonly number[]): number {
    const before = this.#fanout.writes
    this.#deliver(deliveries, false)
    this.written = deliveries.at(-1)!.offset
    const [nowMs, writtenAtMs] = [Date.now(), performance.now()]
    for (const atMs of acceptedAtMs) this.latency.record(writtenAtMs - atMs, nowMs)
    while (this.#traced.length > 0 && this.#traced[0]!.offset <= this.written) this.#traced.shift()!.trace.delivered()
    return this.#fanout.writes - before
  }

  /** Tells publishers of this node how many connections get their messages; returns when those were taken in. */
  #settle(entries: readonly LogEntry[]): number[] {
    const counts = new Map<string, number>()
    const acceptedAtMs: number[] = []
    for (const entry of entries) {
      const { source, channel, exclude } = entry
      if (source === null) {
        this.observer.foreign(channel)
        continue
      }
      const known = exclude === null ? counts.get(channel) : undefined
      source.recipients = known ?? this.subscriptions.receivers(this.subscriptions.channel(channel), exclude)
      if (exclude === null) counts.set(channel, source.recipients)
      acceptedAtMs.push(source.acceptedAtMs)
      if (source.trace !== undefined) this.#begin(source.trace, entry.offset)
      entry.source = null
    }
    return acceptedAtMs
  }

  #begin(trace: NonNullable<NewMessage['trace']>, offset: number): void {
    trace.delivering()
    this.#traced.push({ trace, offset })
  }

  deliverEphemeral(deliveries: readonly Delivery[]): void {
    // A publisher's own messages stay in order, whether they are in the log or not.
    this.flush()
    this.#deliver(deliveries, true)
  }

  #deliver(deliveries: readonly Delivery[], ephemeral: boolean): void {
    const before = this.#fanout.delivered
    this.#fanout.deliver(deliveries, ephemeral)
    this.deliveredRate.add(this.#fanout.delivered - before, Date.now())
  }
}
