import type { JsonObject } from '../../../shared/protocol.ts'
import type { Subscription } from './address.ts'
import type { Environment } from './environment.ts'
import type { Receipt } from './messages.ts'
import type { Publication } from './outbox.ts'
import type { Request } from './request.ts'
import type { Ending } from './state.ts'

/** What is to change about an open connection. */
export interface Change {
  subscribe: string[]
  unsubscribe: string[]
  /** Whether comings and goings on what is in `subscribe` are to be told. */
  presence: boolean
}

/** What one open connection brings; nothing more comes once it is closed. */
export interface LinkEvents {
  /** A frame of the server or a message, with the position that it moves to; null when it moves none. */
  frame(frame: JsonObject, id: string | null): void
  position(id: string): void
  /** A heartbeat. */
  beat(): void
  /** It is over; called once at most. */
  end(ending: Ending): void
}

/** What a link is opened with. */
export interface LinkOptions extends Subscription {
  hub: string
  token: string | null
  env: Environment
  request: Request
  /** Aborted when the link is to close. */
  signal: AbortSignal
}

/** One open connection, by whichever transport. */
export interface Link {
  /** Rejects with a RequestError when the server says no. `connectionId` is that of this link. */
  change(change: Change, connectionId: string): Promise<void>
  /** Publishes over the link itself; null where it only brings. */
  publish: ((publication: Publication) => Promise<Receipt>) | null
  /** Asks for a sign of life; returns how long it may take, in milliseconds. */
  ask(): number
}

export type OpenLink = (options: LinkOptions, events: LinkEvents) => Link
