import type { JsonObject } from '../../../shared/protocol.ts'
import type { LoadActions } from './actions.ts'
import type { Environment } from './environment.ts'
import type { Receipt } from './messages.ts'
import type { Publication } from './outbox.ts'
import type { Ending } from './state.ts'

/** What is to change about an open connection. */
export interface Change {
  subscribe: string[]
  unsubscribe: string[]
  /** Whether comings and goings on what is in `subscribe` are to be told. */
  presence: boolean
}

/** What one open connection brings; nothing more is heard once it is closed. */
export interface LinkEvents {
  /**
   * A frame of the server, or a message, and the position that it moves to; null when it moves none. A position alone
   * comes without a frame, a heartbeat with neither.
   */
  hear(frame: JsonObject | null, id: string | null): void
  /** It is over; called once at most. */
  end(ending: Ending): void
}

/** What a link is opened with. */
export interface LinkOptions {
  /** Puts what is to be followed, and the position, behind an address below the hub's. */
  address: (path: string) => URL
  token: string | null
  env: Environment
  load: LoadActions
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
