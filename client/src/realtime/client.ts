import type { DisconnectFrame, Message, Resume } from '../../../shared/protocol.ts'
import { isLoopback, streamUrl } from './address.ts'
import { backoffMs } from './backoff.ts'
import { browserEnvironment, type Environment } from './environment.ts'
import { readFrame } from './frame.ts'
import { keepPosition } from './position.ts'
import { probe } from './probe.ts'
import { afterEnding, type Ending, type State } from './state.ts'

/** The answer of a resume that could not bring back everything. */
export type Gap = Extract<Resume, { status: 'gap' }>

export interface ClientOptions {
  /** Address of the stream, absolute or from the page: `/api/events`. */
  url: string
  /** Names or patterns; the server's default channel when empty. */
  channels: readonly string[]
  /** Sent as `?token=`; a function is asked again before each attempt. Without it the page's cookie speaks. */
  token?: string | (() => string)
  /** Hears every message in log order, each once, also across reconnects. */
  onMessage: (message: Message) => void
  onState?: (state: State) => void
  /** Hears of messages that were missed and cannot be had again. */
  onGap?: (gap: Gap) => void
  /** Attempts that may fail in a row before the client stops; 5. */
  maxAttempts?: number
  /** Goes on where this tab left off after a reload, under this name. */
  storageKey?: string
  environment?: Partial<Environment>
}

export interface Client {
  readonly state: State
  /** Connects at once, with all attempts ahead again; does nothing while connecting or live, or after `close`. */
  retry: () => void
  /** Ends the connection for good and lets go of every listener. */
  close: () => void
}

/** How long a connection must have stood for its failures to be forgotten. */
const STABLE_MS = 5000

/** Opens a stream and keeps it open: reconnects with back-off, and resumes where it was cut. */
export function createClient(options: ClientOptions): Client {
  const env = { ...browserEnvironment(), ...options.environment }
  const position = keepPosition(options.storageKey ?? null, env.storage)
  const closing = new AbortController()
  let state: State = { status: 'connecting' }
  let failures = 0
  let endAttempt = () => {}

  function move(next: State) {
    state = next
    options.onState?.(next)
  }

  function connect() {
    move({ status: 'connecting' })
    // The listener of the state may have closed or moved the client.
    if (state.status === 'connecting') endAttempt = openAttempt()
  }

  function address(): string {
    const token = typeof options.token === 'function' ? options.token() : (options.token ?? null)
    return streamUrl(options.url, env.baseUrl, { channels: options.channels, token, position: position.current })
  }

  /** Opens one EventSource; returns how to drop it unheard. */
  function openAttempt(): () => void {
    const url = address()
    const source = new env.EventSource(url)
    const attempt = new AbortController()
    let opened = false
    const drop = () => {
      attempt.abort()
      source.close()
    }
    source.onopen = () => (opened = true)
    source.onmessage = (event) => {
      if (!attempt.signal.aborted) receive(event)
    }
    source.onerror = () => {
      // EventSource would come back by itself, without back-off and without an end.
      source.close()
      if (opened) return finish({ kind: 'lost' })
      void probe(url, env.fetch, attempt.signal).then((ending) => {
        if (!attempt.signal.aborted) finish(ending)
      })
    }
    return drop
  }

  function receive(event: MessageEvent<string>) {
    const frame = readFrame(event.data)
    if (frame === null) return
    // A farewell moves it too: the position after a kick tells the server, which answers 204 for a while.
    position.advance(event.lastEventId)
    if (frame.kind === 'disconnect') return obey(frame.frame)
    if (frame.kind === 'message') return options.onMessage(frame.message)
    move({ status: 'live', since: Date.now(), connectionId: frame.frame.connectionId })
    if (frame.frame.resume.status === 'gap') options.onGap?.(frame.frame.resume)
  }

  function obey({ reconnect, reason, retryMs }: DisconnectFrame) {
    finish(reconnect ? { kind: 'lost', afterMs: retryMs } : { kind: 'final', reason })
  }

  function finish(ending: Ending) {
    endAttempt()
    if (state.status === 'live' && Date.now() - state.since >= STABLE_MS) failures = 0
    const maxAttempts = options.maxAttempts ?? 5
    const waitMs = (attempt: number) => backoffMs(attempt, env.random)
    const next = afterEnding(ending, { failures, maxAttempts, now: Date.now(), waitMs })
    if (next.status === 'retrying') {
      failures = next.attempt
      const timer = setTimeout(connect, next.retryAt - Date.now())
      endAttempt = () => clearTimeout(timer)
    }
    move(next)
  }

  function retry() {
    if (closing.signal.aborted || state.status === 'connecting' || state.status === 'live') return
    endAttempt()
    failures = 0
    connect()
  }

  function loseNetwork() {
    if (state.status === 'stopped' || isLoopback(options.url, env.baseUrl)) return
    endAttempt()
    move({ status: 'offline' })
  }

  function regainNetwork() {
    if (state.status === 'offline' || stoppedByAttempts()) retry()
  }

  function stoppedByAttempts() {
    return state.status === 'stopped' && state.reason === 'attempts'
  }

  const { signal } = closing
  env.window?.addEventListener('offline', loseNetwork, { signal })
  env.window?.addEventListener('online', regainNetwork, { signal })
  env.window?.addEventListener('pagehide', position.save, { signal })
  env.document?.addEventListener(
    'visibilitychange',
    () => {
      if (env.document?.visibilityState === 'hidden') position.save()
      else if (stoppedByAttempts()) retry()
    },
    { signal },
  )

  connect()

  return {
    get state() {
      return state
    },
    retry,
    close() {
      if (signal.aborted) return
      closing.abort()
      endAttempt()
      position.save()
      move({ status: 'stopped', reason: 'closed' })
    },
  }
}
