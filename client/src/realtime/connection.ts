import type { Message } from '../../../shared/protocol.ts'
import type { Actions, LoadActions } from './actions.ts'
import { isLoopback, streamAddress } from './address.ts'
import type { Environment } from './environment.ts'
import type { Frame } from './frame.ts'
import type { Following, Standing, Wanted } from './following.ts'
import type { LinkEvents } from './link.ts'
import type { Receipt, Transport } from './messages.ts'
import type { News } from './news.ts'
import type { Attempt, Place } from './moving.ts'
import type { Publication } from './outbox.ts'
import { distance, type Position } from './position.ts'
import { openStream } from './sse.ts'
import { afterEnding, type Ending, type State } from './state.ts'
import type { Tokens } from './tokens.ts'
import { createTransports } from './transports.ts'
import { watchSilence } from './watch.ts'

/** What a connection needs of whoever holds it. */
export interface Context {
  env: Environment
  hub: string
  tokens: Tokens
  load: LoadActions
  transport: Transport | 'auto'
  maxAttempts: number
  /** Picks the wait in milliseconds before the given attempt. */
  waitMs: (attempt: number) => number
  /** What is to be followed, as of now. */
  wanted: () => Wanted
  /** Where to go on from; kept by whoever hears the news. */
  position: Position
  tell: (news: News) => void
}

/** A connection that is kept open. */
export interface Engine {
  /** Something else is wanted than before. */
  update(): void
  /** Connects at once, with all attempts ahead again, unless it is connecting or live. */
  retry(): void
  /** The machine may have slept, the network or the reader may be back. */
  wake(): void
  /** The network is gone. */
  lose(): void
  /** Publishes over the open connection; null when it only brings. */
  publish(publication: Publication): Promise<Receipt> | null
  close(): void
}

/** One that this page holds itself. */
export interface OwnEngine extends Engine {
  /** Connects anew from the position as it is now, if it is connecting or live. */
  reopen(): void
}

/** How long a connection must have stood for its failures to be forgotten. */
const STABLE_MS = 5000
/** How long the greeting may take before something on the way is believed to hold it back. */
const GREETING_MS = 8000

/** Opens a connection and keeps it open: reconnects with back-off, and resumes where it was cut. */
export function openConnection(context: Context): OwnEngine {
  const { env, hub, tokens, wanted, load, tell } = context
  const transports = createTransports(context.transport, hub, env)
  const watch = watchSilence(
    () => place.attempt.link?.ask() ?? 0,
    () => finish({ kind: 'lost', afterMs: 0, silent: true }),
  )
  let state: State = { status: 'connecting' }
  const place: Place = { attempt: new AbortController() }
  /** Until the next attempt, or for the greeting of this one. */
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  /** Keeps channels in step; loaded once the first connection stands. */
  let actions: Actions | undefined
  let following: Following | undefined
  /** Whether the last token was refused, so that a further one is the last. */
  let refused = false

  function move(next: State) {
    state = next
    tell({ kind: 'state', state })
  }

  function endAttempt() {
    clearTimeout(timer)
    place.moving?.stop()
    place.attempt.abort()
    watch.stop()
  }

  function connect() {
    endAttempt()
    const attempt: Attempt = (place.attempt = new AbortController())
    move({ status: 'connecting' })
    // The listener of the state may have closed or moved the client.
    if (!attempt.signal.aborted) void open(attempt)
  }

  async function open(attempt: Attempt): Promise<void> {
    const { signal } = attempt
    // What a dropped attempt still says is passed over.
    const end = (ending: Ending) => signal.aborted || place.moving?.end(attempt, ending) || finish(ending)
    const hear = (frame: Frame | null, id: string | null) => {
      if (signal.aborted || place.moving?.hear(attempt, frame, id)) return
      watch.heard(!frame && id === null)
      if (frame) receive(frame, id)
      else if (id !== null) tell({ kind: 'position', id })
    }
    try {
      const token = await tokens.fresh()
      const openLink = transports.current === 'ws' ? (await import('./socket.ts')).openSocket : openStream
      if (signal.aborted) return
      timer = setTimeout(() => state.status === 'connecting' && end({ kind: 'lost', silent: true }), GREETING_MS)
      const subscription = { ...(following?.begin() ?? wanted()), position: context.position.current }
      const address = (path: string) => streamAddress(hub, path, subscription)
      attempt.link = openLink({ address, token, env, load, signal }, { hear: hear as LinkEvents['hear'], end })
    } catch {
      end({ kind: 'lost' })
    }
  }

  function receive(frame: Frame, id: string | null) {
    if (frame.type === 'connected') return greet(frame, id)
    if (frame.type === 'presence_join' || frame.type === 'presence_leave') return tell({ kind: 'presence', frame })
    if (frame.type === 'unsubscribed') return following?.lose(frame.channel, frame.reason)
    if (frame.type !== 'disconnect') return tell({ kind: 'message', message: frame as Message })
    // A farewell moves the position too: after a kick it tells the server, which answers 204 for a while.
    if (id !== null) tell({ kind: 'position', id })
    const { reconnect, reason, retryMs } = frame
    if (frame.closesInMs && actions) actions.moveOver(place, retryMs, open, tell, distance)
    else finish(reconnect ? { kind: 'lost', afterMs: retryMs } : { kind: 'final', reason })
  }

  function greet({ connectionId, channels, resume }: Extract<Frame, { type: 'connected' }>, id: string | null) {
    const isGap = resume.status === 'gap'
    if (isGap) tell({ kind: 'gap', gap: resume })
    if (id !== null) tell({ kind: 'position', id, reset: isGap && resume.reason === 'invalid' })
    refused = false
    watch.start()
    transports.greeted()
    void keepChannels({ link: place.attempt.link!, connectionId, channels, reopen })
    move({ status: 'live', since: Date.now(), connectionId, transport: transports.current })
  }

  async function keepChannels(standing: Standing): Promise<void> {
    actions ??= await load().catch(() => undefined)
    following ??= actions?.following(wanted, tell)
    if (place.attempt.link === standing.link) following?.greeted(standing)
  }

  function finish(ending: Ending) {
    const live = state.status === 'live' ? state : null
    if (live && Date.now() - live.since >= STABLE_MS) failures = 0
    endAttempt()
    if (ending.kind === 'final' && ending.reason === 'unauthorized' && tokens.renewable && !refused) {
      refused = true
      return connect()
    }
    const notice = live ? null : transports.failed(ending)
    if (notice) {
      tell({ kind: 'notice', notice })
      ending = { kind: 'lost', afterMs: 0 }
    }
    const next = afterEnding(ending, { failures, now: Date.now(), ...context })
    if (next.status === 'retrying') {
      failures = next.attempt
      timer = setTimeout(connect, next.retryAt - Date.now())
    }
    move(next)
  }

  const isUp = () => state.status === 'connecting' || state.status === 'live'

  function retry() {
    if (isUp()) return
    failures = 0
    refused = false
    connect()
  }

  function reopen() {
    if (isUp()) connect()
  }

  connect()

  return {
    update: () => following?.update(),
    retry,
    reopen,
    wake() {
      if (state.status === 'live') watch.check()
      else if (state.status === 'offline' || (state.status === 'stopped' && state.reason === 'attempts')) retry()
    },
    lose() {
      if (state.status === 'stopped' || isLoopback(hub)) return
      endAttempt()
      move({ status: 'offline' })
    },
    publish: (publication) => place.attempt.link?.publish?.(publication) ?? null,
    close() {
      endAttempt()
      move({ status: 'stopped', reason: 'closed' })
    },
  }
}
