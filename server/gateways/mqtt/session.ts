import type { IConnackPacket, IPublishPacket, MqttClient } from 'mqtt'
import type { Logger } from 'pino'
import { backoffMs } from './backoff.ts'
import { type Link, type LinkEnd, openLink } from './link.ts'
import { Redelivery } from './redelivery.ts'
import { type MqttVersion, nextVersion } from './version.ts'

/**
 * - `away`: the broker is not there, or does not let us in; it is tried again.
 * - `open`: messages come in, since then (epoch milliseconds).
 */
export type SessionState = { kind: 'away' } | { kind: 'open'; sinceMs: number }

/** A message as the broker sent it. */
export interface Incoming {
  topic: string
  payload: Buffer
  /** Whether it is the topic's last known value rather than news (MQTT 5 §3.3.1.3). */
  retained: boolean
}

export interface SessionOptions {
  url: string
  /** Names the session; the broker keeps what comes for it while nobody is there. */
  clientId: string
  /** Topic filters to follow; none for a session that is only to be emptied. */
  filters: readonly string[]
  /** What the session may be subscribed to from before. */
  formerSubscriptions: readonly string[]
  /** Name under which nodes share the messages; null to take all of them. */
  group: string | null
  /** Deals with a message; resolves when it may be acknowledged. */
  take: (message: Incoming) => Promise<void>
  /** Hears of messages that came again and were dealt with before. */
  onRepeated: () => void
  /** Hears of all that the session may be subscribed to, before it is. */
  onSubscribed: (subscriptions: readonly string[]) => Promise<void>
  /** The broker does not share messages out; the session has ended. */
  onUnshared: () => void
  log: Logger
}

class Unshared extends Error {}

/** One session at the broker, kept up until it is stopped: connected again whenever the connection breaks. */
export class Session {
  state: SessionState = { kind: 'away' }
  readonly #options: SessionOptions
  readonly #redelivery = new Redelivery()
  #former: readonly string[]
  #link: Link | null = null
  #version: MqttVersion = 5
  #paused = false
  #stopped = false
  #wake: () => void = () => undefined
  readonly #running: Promise<void>

  constructor(options: SessionOptions) {
    this.#options = options
    this.#former = options.formerSubscriptions
    this.#running = this.#run()
  }

  /** Takes nothing more in; what came before can still be acknowledged. */
  pause(): void {
    this.#paused = true
  }

  /** Says goodbye; `forget` lets the broker drop the session too. */
  async stop(forget = false): Promise<void> {
    this.#stopped = true
    this.#wake()
    await this.#link?.end(forget)
    await this.#running
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#stopped;) {
      this.#link = openLink({
        url: this.#options.url,
        clientId: this.#options.clientId,
        version: this.#version,
        take: (packet) => this.#take(packet),
        onConnect: (client, connack) => this.#enter(client, connack),
      })
      const end = await this.#link.ended
      this.#link = null
      this.state = { kind: 'away' }
      if (end.error instanceof Unshared) return this.#options.onUnshared()
      failures = end.failure === null ? 1 : failures + 1
      if (!this.#stopped) await this.#retreat(end, failures)
    }
  }

  async #retreat({ failure, error }: LinkEnd, failures: number): Promise<void> {
    const version = failure === null ? this.#version : nextVersion(this.#version, failure)
    const isOtherVersion = version !== this.#version
    this.#version = version
    const pauseMs = isOtherVersion && failures === 1 ? 0 : backoffMs(failures, Math.random())
    const say = failures === 1 ? 'warn' : 'debug'
    this.#options.log[say]({ err: error, pauseMs }, 'The MQTT broker is away; it is tried again')
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** Subscribes; the session may have its subscriptions already, but not these ones. */
  async #enter(client: MqttClient, { sessionPresent, properties }: IConnackPacket): Promise<void> {
    const { group, filters, log } = this.#options
    // Without MQTT 5 nobody can tell: a broker may take `$share/…` for a topic like any other, and send nothing.
    const canShare = this.#version === 5 && properties?.sharedSubscriptionAvailable !== false
    if (group !== null && !canShare) throw new Unshared('the broker does not share messages out')
    if (!sessionPresent) this.#redelivery.clear()
    const wanted = filters.map((filter) => subscriptionOf(filter, group))
    await this.#leaveFormer(client, wanted)
    if (wanted.length > 0) {
      // The last known values of all topics (retained messages) are no news, and would come with each subscription.
      const granted = await client.subscribeAsync(wanted, { qos: 1, ...(this.#version === 5 && { rh: 2 }) })
      const refused = granted.filter(({ qos }) => qos >= 0x80)
      if (refused.length > 0) throw new Error(`the broker refuses ${refused.map(({ topic }) => topic).join(', ')}`)
    }
    this.state = { kind: 'open', sinceMs: Date.now() }
    log.info({ mqtt: this.#version === 5 ? '5' : '3.1.1', filters: wanted }, 'Messages come in from the MQTT broker')
  }

  async #leaveFormer(client: MqttClient, wanted: readonly string[]): Promise<void> {
    const { onSubscribed } = this.#options
    const unwanted = this.#former.filter((subscription) => !wanted.includes(subscription))
    if (wanted.length > 0) await onSubscribed([...wanted, ...unwanted])
    if (unwanted.length > 0) {
      await client.unsubscribeAsync(unwanted)
      await onSubscribed(wanted)
    }
    this.#former = wanted
  }

  #take(packet: IPublishPacket): Promise<void> {
    // What comes while we leave is not acknowledged, and sent to whoever comes next.
    if (this.#paused || this.#stopped) return new Promise(() => undefined)
    const { topic, retain, dup, messageId } = packet
    const payload = Buffer.from(packet.payload)
    const message = { topic, payload, retained: retain }
    if (messageId === undefined) return this.#options.take(message)
    const arrival = { messageId, dup, topic, payload }
    const known = this.#redelivery.recall(arrival)
    if (known !== null) {
      this.#options.onRepeated()
      return known
    }
    const done = this.#options.take(message)
    this.#redelivery.keep(arrival, done)
    return done
  }
}

/** How a filter is subscribed to, so that each message comes to one of the group (MQTT 5 §4.8.2). */
export function subscriptionOf(filter: string, group: string | null): string {
  return group === null ? filter : `$share/${group}/${filter}`
}
