import type { Message } from '../../../shared/protocol.ts'
import type { Actions } from './actions.ts'
import { hubAddress } from './address.ts'
import { backoffMs } from './backoff.ts'
import { createChannel, type Channel } from './channel.ts'
import { type Context, type Engine, openConnection } from './connection.ts'
import { type Environment, ownEnvironment } from './environment.ts'
import { createListeners } from './listeners.ts'
import { matcher } from './match.ts'
import type { AnyMessages, Gap, MessageMap, Notice, Received, Transport } from './messages.ts'
import type { News } from './news.ts'
import { distance, keepPosition } from './position.ts'
import type { State } from './state.ts'
import { createTokens, type TokenOptions } from './tokens.ts'
import { createTopic, type ListenOptions } from './topic.ts'
import { watchSilence } from './watch.ts'

export interface ClientOptions extends TokenOptions {
  /** The hub's address, absolute or from the page; the page's own origin. */
  url?: string
  /** `auto`: Server-Sent Events, and WebSocket where nothing comes that way. */
  transport?: Transport | 'auto'
  /** Names or patterns that are followed from the start, listened to or not. */
  channels?: readonly string[]
  /** One connection for all tabs that are open on this origin with the same token; where the browser can. */
  share?: boolean
  /** Goes on where this tab left off after a reload, under this name. */
  storageKey?: string
  /** Attempts that may fail in a row before the client stops; 5. */
  maxAttempts?: number
  environment?: Partial<Environment>
}

/** A connection to a hub that is kept open: it comes back by itself, and brings what was missed, each message once. */
export interface Client<M extends MessageMap = AnyMessages> {
  readonly state: State
  /** Hears each new state. */
  onState(hear: (state: State) => void, options?: ListenOptions): () => void
  /** Hears of messages that were missed and cannot be had again. */
  onGap(hear: (gap: Gap) => void, options?: ListenOptions): () => void
  /** Hears every message of every channel that is followed, in log order. */
  onMessage(hear: (message: Received<M>) => void, options?: ListenOptions): () => void
  onNotice(hear: (notice: Notice) => void, options?: ListenOptions): () => void
  /** A channel, or a pattern over several. Nothing is followed before somebody listens. */
  channel(name: string): Channel<M>
  /** Connects at once, with all attempts ahead again; does nothing while connecting or live, or after `close`. */
  retry(): void
  /** Ends the connection for good. */
  close(): void
}

/** Opens a connection to a hub once the code that runs has ended, and keeps it open. @throws TypeError for a bad `url` */
export function createClient<M extends MessageMap = AnyMessages>(options: ClientOptions = {}): Client<M> {
  const env = { ...ownEnvironment(), ...options.environment }
  const hub = hubAddress(options.url, env.baseUrl)
  const tokens = createTokens(options)
  const position = keepPosition(options.storageKey, env.storage)
  const closing = new AbortController()
  const { signal } = closing
  const states = createTopic<State>()
  const gaps = createTopic<Gap>()
  const notices = createTopic<Notice>()
  const messages = createTopic<Message>()
  const listeners = createListeners(
    () => options.channels ?? [],
    () => engine?.update(),
  )
  let state: State = { status: 'connecting' }
  let engine: Engine | null = null
  let actions: Actions | null = null
  let loading: Promise<Actions> | null = null
  const waitMs = (attempt: number) => backoffMs(attempt, env.random)

  function hear(news: News) {
    if (!position.hear(news)) return
    if (news.kind === 'message') {
      const { message } = news
      messages.tell(message)
      // The server's own word to one participant may come without a channel.
      listeners.tell({ channel: message.channel ?? '', type: message.type, value: message })
    } else if (news.kind === 'presence') {
      const { type, channel, member } = news.frame
      const value = { type: type.slice('presence_'.length), channel, member }
      listeners.tell({ channel, type: null, value })
    } else if (news.kind === 'gap') gaps.tell(news.gap)
    else if (news.kind === 'notice') notices.tell(news.notice)
    else if (news.kind === 'state') {
      state = news.state
      states.tell(state)
      actions?.flush()
    }
  }

  function load(): Promise<Actions> {
    loading ??= import('./actions.ts').then(
      ({ createActions }) =>
        (actions = createActions({
          env,
          hub,
          tokens,
          state: () => state,
          publishByLink: (publication) => engine?.publish(publication) ?? null,
          waitMs,
        })),
    )
    loading.catch(() => (loading = null))
    return loading
  }

  const context: Context = {
    env,
    hub,
    tokens,
    load,
    transport: options.transport ?? 'auto',
    maxAttempts: options.maxAttempts ?? 5,
    waitMs,
    wanted: listeners.wanted,
    position,
    tell: hear,
  }

  async function open(): Promise<void> {
    // Channels that are listened to in the same turn are asked for from the start.
    const join = await (options.share && import('./share.ts').catch(() => undefined))
    if (!signal.aborted)
      engine = join
        ? join.joinTabs(context, { openConnection, keepPosition, distance, matcher, watchSilence })
        : openConnection(context)
  }

  function listen(target: EventTarget | undefined, event: string, act: () => void) {
    target?.addEventListener(event, act, { signal })
  }
  const wake = () => engine?.wake()
  listen(env.window, 'offline', () => engine?.lose())
  listen(env.window, 'online', wake)
  listen(env.window, 'pageshow', wake)
  listen(env.window, 'pagehide', position.save)
  listen(env.document, 'visibilitychange', () => {
    if (env.document?.visibilityState === 'hidden') position.save()
    else wake()
  })
  void open()

  return {
    get state() {
      return state
    },
    onState: states.add,
    onGap: gaps.add,
    onMessage: messages.add as unknown as Client<M>['onMessage'],
    onNotice: notices.add,
    channel: (name) => createChannel<M>(name, listeners, load),
    retry: () => engine?.retry(),
    close() {
      if (signal.aborted) return
      closing.abort()
      position.save()
      if (engine) engine.close()
      else hear({ kind: 'state', state: { status: 'stopped', reason: 'closed' } })
      engine = null
      actions?.close()
    },
  }
}
