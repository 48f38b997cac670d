import type { HistoryOptions, HistoryPage, PublishOptions } from './channel.ts'
import type { Environment } from './environment.ts'
import { createFollowing, type Following, type Wanted } from './following.ts'
import type { Change } from './link.ts'
import type { Member, MessageMap, Receipt, Received } from './messages.ts'
import type { News } from './news.ts'
import { moveOver } from './moving.ts'
import { createOutbox, type OutboxStanding, type Publication } from './outbox.ts'
import { createRenewal } from './renewal.ts'
import { createRequest } from './request.ts'
import type { State } from './state.ts'
import type { Tokens } from './tokens.ts'

/** What a client does beside listening; loaded once the first connection stands, or when it is first asked for. */
export interface Actions {
  publish(channel: string, message: object, options?: PublishOptions): Promise<Receipt>
  presence(channel: string, options?: { signal?: AbortSignal }): Promise<Member[]>
  history<M extends MessageMap>(channel: string, options?: HistoryOptions): Promise<HistoryPage<M>>
  /** Changes what an open connection follows. */
  change(change: Change, connectionId: string, signal: AbortSignal): Promise<void>
  /** Keeps a connection's channels as they are wanted, and its token fresh. */
  following(wanted: () => Wanted, tell: (news: News) => void): Following
  /** Goes over to another connection while the present one stays open. */
  moveOver: typeof moveOver
  /** Goes on with what waits to be published. */
  flush(): void
  /** Rejects what waits to be published, and asks for no further token. */
  close(): void
}

export interface ActionsContext {
  env: Environment
  hub: string
  tokens: Tokens
  state: () => State
  /** Picks the wait in milliseconds before the given attempt. */
  waitMs: (attempt: number) => number
  /** Publishes over the open connection; null when it only brings. */
  publishByLink: (publication: Publication) => Promise<Receipt> | null
}

/** Loads the actions; one that could not be loaded is tried again the next time. */
export type LoadActions = () => Promise<Actions>

export function createActions({ env, hub, tokens, state, waitMs, publishByLink }: ActionsContext): Actions {
  const request = createRequest(hub, tokens, env)
  const renewal = createRenewal(tokens, request)
  const outbox = createOutbox({ send, waitMs, standing: () => standingOf(state()) })
  const pathOf = (channel: string) => `api/channels/${encodeURIComponent(channel)}/`

  /** Publishes over the connection where it takes publishes, by POST elsewhere. */
  function send(publication: Publication, signal: AbortSignal | undefined): Promise<Receipt> {
    const answer = publishByLink(publication)
    if (answer) return answer
    const { channel, message, ephemeral, echo, idempotencyKey } = publication
    const standing = state()
    const query = new URLSearchParams()
    if (ephemeral) query.set('ephemeral', '1')
    if (!echo && standing.status === 'live') query.set('exclude', standing.connectionId)
    const headers = { 'Idempotency-Key': idempotencyKey }
    return request('POST', `api/broadcast?${query}`, { body: { ...message, channel }, headers, signal })
  }

  return {
    publish: (channel, message, { ephemeral = false, echo = true, idempotencyKey = randomKey(), signal } = {}) =>
      outbox.add({ channel, message, ephemeral, echo, idempotencyKey }, signal),
    async presence(channel, { signal } = {}) {
      const members: Member[] = []
      const query = new URLSearchParams({ limit: '500' })
      for (let more = true; more; more = query.has('cursor')) {
        const path = `${pathOf(channel)}presence?${query}`
        const page = await request<{ members: Member[]; nextCursor: string | null }>('GET', path, { signal })
        members.push(...page.members)
        if (page.nextCursor === null) query.delete('cursor')
        else query.set('cursor', page.nextCursor)
      }
      return members
    },
    async history<M extends MessageMap>(channel: string, { signal, ...place }: HistoryOptions = {}) {
      const query = new URLSearchParams(Object.entries(place).map(([field, value]) => [field, String(value)]))
      const path = `${pathOf(channel)}messages?${query}`
      const page = await request<{ items: Received<M>[]; nextCursor: string | null }>('GET', path, { signal })
      return { messages: page.items, nextCursor: page.nextCursor }
    },
    async change({ presence, ...change }, connectionId, signal) {
      const body = { ...change, ...(presence && { presence }) }
      await request('PATCH', `api/connections/${connectionId}`, { body, signal })
    },
    following(wanted, tell) {
      const following = createFollowing(wanted, tell)
      return {
        ...following,
        begin() {
          renewal.stop()
          return following.begin()
        },
        greeted(standing) {
          following.greeted(standing)
          renewal.start(standing.connectionId, (channel) => following.lose(channel, 'forbidden_channel'))
        },
      }
    },
    moveOver,
    flush: outbox.flush,
    close() {
      renewal.stop()
      outbox.close(new Error('the client was closed'))
    },
  }
}

/** A client that gave up after too many attempts may come back; one that was sent away does not. */
function standingOf(state: State): OutboxStanding {
  if (state.status === 'stopped') return state.reason === 'attempts' ? 'held' : 'stopped'
  return state.status === 'retrying' || state.status === 'offline' ? 'held' : 'open'
}

/** `crypto.randomUUID` is missing on pages that came without TLS. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
