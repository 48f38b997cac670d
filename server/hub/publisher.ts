import type { Receipt } from '../../shared/api.ts'
import { formatPosition, type JsonObject, type Position } from '../../shared/protocol.ts'
import type { Append, KeptAnswer, NewMessage } from '../brokers/broker.ts'
import { isoTime } from './clock.ts'
import { Delivery } from './delivery.ts'
import { IdempotentAnswers } from './idempotency.ts'
import { type Draft, encodeBody, readDraft } from './message.ts'
import type { HubNeighbours } from './neighbours.ts'
import { RateWindow } from './rate-window.ts'
import type { Subscriptions } from './subscriptions.ts'
import type { Tracer } from './tracer.ts'
import { BYTES, SECONDS, Tally } from './tally.ts'

export interface PublishOptions {
  /** The publishing user's `sub`; null for keys and admins. */
  from: string | null
  /** Delivered now, not logged. */
  ephemeral?: boolean
  /** Connection that does not get it. */
  exclude?: string | null
  /** SHA-256 of caller and Idempotency-Key, hex; null for none. */
  idempotencyKey?: string | null
  /** The caller's trace context (W3C Trace Context §3.2); null for none. */
  traceparent?: string | null
  /** Ids of the scheduled messages that these are; see `Append.scheduled`. */
  scheduled?: readonly string[]
}

/** What the publisher needs of its hub. */
export interface PublisherHost {
  readonly subscriptions: Subscriptions
  readonly position: Position
  /** Looks up the answer that was kept with an earlier publish; rejects while it can not be told whether there is one. */
  recall(key: string): Promise<KeptAnswer | null>
  readonly tracer: Tracer | null
  /** Makes messages durable; see `Broker.append`. */
  append(append: Append): Promise<number>
  readonly neighbours: Pick<HubNeighbours, 'hear' | 'relay'>
  /** Hands messages that have no place in the log to this node's connections. */
  deliverEphemeral(deliveries: readonly Delivery[]): void
}

/** Takes messages in: gives each its stamp, its text and, unless ephemeral, its place in the log. */
export class Publisher {
  /** Messages taken in since the start. */
  published = 0
  readonly rate = new RateWindow()
  /** Bytes of the messages' JSON texts. */
  readonly sizes = new Tally(BYTES)
  /** Seconds from a publish taken in until it is durable. */
  readonly durations = new Tally(SECONDS)
  readonly #host: PublisherHost
  readonly #answers: IdempotentAnswers
  #tick: Delivery[] = []

  constructor(host: PublisherHost) {
    this.#host = host
    this.#answers = new IdempotentAnswers((key) => host.recall(key))
  }

  /**
   * Publishes messages, all or none, in order; resolves once they are durable and about to be handed out on this node.
   * @throws YayinError `unavailable` when the log could not be written, `conflict` when a scheduled one is not there
   * any more
   */
  publish(drafts: readonly Draft[], options: PublishOptions): Promise<Receipt[]> {
    const send = () => (options.ephemeral ? this.#send(drafts, options) : this.#append(drafts, options))
    return options.idempotencyKey ? this.#answers.once(options.idempotencyKey, Date.now(), send) : send()
  }

  /**
   * Publishes one of the server's own ephemeral messages, to this node's connections, those of the other nodes, or all;
   * a no-op when nobody listens.
   */
  announce(channel: string, message: JsonObject, reach: 'here' | 'elsewhere' | 'everywhere' = 'here'): void {
    const isHeard = reach !== 'elsewhere' && this.hasListeners(channel)
    const isRelayed = reach !== 'here' && this.#host.neighbours.hear(channel)
    if (!isHeard && !isRelayed) return
    const body = encodeBody(readDraft(message, channel), isoTime(Date.now()), null)
    const delivery = new Delivery(channel, body, null, 0, null)
    if (isRelayed) this.#host.neighbours.relay([delivery])
    if (isHeard) void this.#queue([delivery])
  }

  /** Tells whether anybody follows `channel` here, or follows it by its name on another node. */
  isHeard(channel: string): boolean {
    return this.hasListeners(channel) || this.#host.neighbours.hear(channel)
  }

  /** Tells whether anybody on this node follows `channel`. */
  hasListeners(channel: string): boolean {
    const { subscriptions } = this.#host
    return subscriptions.groups(subscriptions.channel(channel)).length > 0
  }

  /** Takes over the answer to a publish of before the restart. */
  restoreAnswer(key: string, receipts: Receipt[], atMs: number): void {
    this.#answers.restore(key, receipts, atMs)
  }

  async #append(drafts: readonly Draft[], options: PublishOptions): Promise<Receipt[]> {
    const { from, exclude = null, idempotencyKey: key = null, scheduled } = options
    const timestampMs = Date.now()
    const acceptedAtMs = performance.now()
    const timestamp = isoTime(timestampMs)
    const messages = drafts.map((draft): NewMessage => {
      const body = encodeBody(draft, timestamp, from)
      const { channel, type } = draft
      return { channel, type, sender: from, timestampMs, body, exclude, acceptedAtMs, recipients: 0 }
    })
    // A kept answer has to be the first one to the letter, so its recipients are counted before the commit.
    const kept = key === null ? null : messages.map((m) => this.#keptAnswer(m, timestamp))
    const idempotent = kept && { key: key!, answer: JSON.stringify(kept) }
    const trace = this.#host.tracer?.begin(messages[0]!.channel, messages.length, options.traceparent ?? null) ?? null
    if (trace !== null) messages.at(-1)!.trace = trace
    const appended = this.#host.append({ messages, idempotent, ...(scheduled && { scheduled }) })
    if (trace !== null) appended.catch((error: unknown) => trace.failed(error))
    const first = await appended
    this.durations.add((performance.now() - acceptedAtMs) / 1000)
    this.#count(messages.length)
    for (const { body } of messages) this.sizes.add(Buffer.byteLength(body))
    const { epoch } = this.#host.position
    trace?.committed(formatPosition({ epoch, offset: first }), messages[0]!.recipients)
    return messages.map(({ channel, recipients }, i) => ({
      id: formatPosition({ epoch, offset: first + i }),
      ...(kept?.[i] ?? { channel, timestamp, recipients }),
    }))
  }

  async #send(drafts: readonly Draft[], options: PublishOptions): Promise<Receipt[]> {
    const timestamp = isoTime(Date.now())
    const deliveries = drafts.map((draft) => {
      return new Delivery(draft.channel, encodeBody(draft, timestamp, options.from), options.exclude ?? null, 0, null)
    })
    this.#host.neighbours.relay(deliveries)
    await this.#queue(deliveries)
    this.#count(deliveries.length)
    for (const { json } of deliveries) this.sizes.add(Buffer.byteLength(json))
    return deliveries.map(({ channel, recipients }) => ({ channel, timestamp, recipients }))
  }

  /** Lets a tick's ephemeral messages go out together; resolves when they have been handed out. */
  #queue(deliveries: readonly Delivery[]): Promise<void> {
    if (this.#tick.length === 0) setImmediate(() => this.#flush())
    this.#tick.push(...deliveries)
    return new Promise((resolve) => setImmediate(resolve))
  }

  #flush(): void {
    const deliveries = this.#tick
    this.#tick = []
    this.#host.deliverEphemeral(deliveries)
  }

  #keptAnswer({ channel, exclude }: NewMessage, timestamp: string): Omit<Receipt, 'id'> {
    const { subscriptions } = this.#host
    return { channel, timestamp, recipients: subscriptions.subscribers(subscriptions.channel(channel), exclude) }
  }

  #count(messages: number): void {
    this.published += messages
    this.rate.add(messages, Date.now())
  }
}
