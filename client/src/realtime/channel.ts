import type { LoadActions } from './actions.ts'
import type { Listeners } from './listeners.ts'
import type { AnyMessages, Member, MessageMap, PresenceChange, Publishable, Receipt, Received } from './messages.ts'
import type { ListenOptions } from './topic.ts'

export interface PublishOptions {
  /** Delivered now and not kept: it has no id, and whoever is away misses it. */
  ephemeral?: boolean
  /** The same key within five minutes publishes once; one of its own if absent. */
  idempotencyKey?: string
  /** `false`: not to this client's own connection. */
  echo?: boolean
  /** Takes it back while it waits; once it is on its way, it may be published all the same. */
  signal?: AbortSignal
}

export interface HistoryOptions {
  /** Messages before this position, the newest first; the end of the log if absent. */
  before?: string
  /** Messages after this position, the oldest first. */
  after?: string
  /** 1–500; 50 if absent. */
  limit?: number
  signal?: AbortSignal
}

export interface HistoryPage<M extends MessageMap> {
  messages: Received<M>[]
  /** The `before`, or `after`, of the next page; null on the last one. */
  nextCursor: string | null
}

/** One channel; what listens may be a pattern over several. */
export interface Channel<M extends MessageMap = AnyMessages> {
  readonly name: string
  /** Hears messages of one type, `*` for all; returns how to stop. The channel is followed while somebody listens. */
  on(type: '*', hear: (message: Received<M>) => void, options?: ListenOptions): () => void
  on<T extends keyof M & string>(type: T, hear: (message: Received<M, T>) => void, options?: ListenOptions): () => void
  /**
   * Publishes; resolves once the message is durable. While the hub can not be reached up to 100 messages wait, in
   * their order, each with its own outcome. Rejects with a RequestError (`code`) when it is refused.
   */
  publish(message: Publishable<M>, options?: PublishOptions): Promise<Receipt>
  /** Resolves with everybody who is in it. */
  presence(options?: { signal?: AbortSignal }): Promise<Member[]>
  /** Hears who comes and goes. What happened while the connection was cut is not told: ask `presence` when it is live. */
  onPresence(hear: (change: PresenceChange) => void, options?: ListenOptions): () => void
  history(options?: HistoryOptions): Promise<HistoryPage<M>>
}

export function createChannel<M extends MessageMap>(name: string, listeners: Listeners, load: LoadActions): Channel<M> {
  return {
    name,
    on: (type: string, hear: (message: never) => void, options?: ListenOptions) =>
      listeners.add(name, type, hear, options),
    onPresence: (hear, options) => listeners.add(name, null, hear, options),
    publish: async (message, options) => (await load()).publish(name, message, options),
    presence: async (options) => (await load()).presence(name, options),
    history: async (options) => (await load()).history(name, options),
  }
}
