import type { Message } from '../../../shared/protocol.ts'
import type { Listeners } from './listeners.ts'
import type { AnyMessages, Member, MessageMap, PresenceChange, Publishable, Receipt, Received } from './messages.ts'
import type { Outbox } from './outbox.ts'
import type { Request } from './request.ts'
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

interface Parts {
  listeners: Listeners
  request: Request
  outbox: Outbox
}

export function createChannel<M extends MessageMap>(name: string, { listeners, request, outbox }: Parts): Channel<M> {
  const path = `api/channels/${encodeURIComponent(name)}/`

  return {
    name,
    on: (type: string, hear: (message: never) => void, options?: ListenOptions) =>
      listeners.onMessage(name, type, hear as unknown as (message: Message) => void, options),
    onPresence: (hear, options) => listeners.onPresence(name, hear, options),
    publish(message, { ephemeral = false, echo = true, idempotencyKey = randomKey(), signal } = {}) {
      return outbox.add({ channel: name, message, ephemeral, echo, idempotencyKey }, signal)
    },
    async presence({ signal } = {}) {
      const members: Member[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const query: string = `presence?limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`
        const page = await request<{ members: Member[]; nextCursor: string | null }>('GET', path + query, { signal })
        members.push(...page.members)
        cursor = page.nextCursor
      }
      return members
    },
    async history({ signal, ...place } = {}) {
      const query = new URLSearchParams()
      for (const [field, value] of Object.entries(place)) query.set(field, String(value))
      const options = { signal }
      type Answer = { items: Received<M>[]; nextCursor: string | null }
      const { items, nextCursor } = await request<Answer>('GET', `${path}messages?${query}`, options)
      return { messages: items, nextCursor }
    },
  }
}

/** `crypto.randomUUID` is missing on pages that came without TLS. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
