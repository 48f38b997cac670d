import type { Member, PresenceFrame, Resume } from '../../../shared/protocol.ts'

export type { Member }

/** An app's messages: each type with the fields that it carries, `{ order_paid: { total: number } }`. */
export type MessageMap = object

/** Any type with any fields, for whoever names none. */
export type AnyMessages = Record<string, Record<string, unknown>>

/** What the server puts on every message. */
export interface Envelope {
  /** Its position in the log; absent when it was ephemeral. */
  id?: string
  channel: string
  /** ISO 8601 with milliseconds. */
  timestamp: string
  /** The publishing user's `sub`; absent for API keys and admins. */
  from?: string
}

/** A message as it arrives; of type `T`, or of any type in the map. */
export type Received<M extends MessageMap, T extends keyof M & string = keyof M & string> = {
  [K in T]: Envelope & { type: K } & M[K]
}[T]

/** A message to publish; `type` may be left out for `message`, the type of those that name none. */
export type Publishable<M extends MessageMap> = {
  [K in keyof M & string]: ('message' extends K ? { type?: K } : { type: K }) & M[K]
}[keyof M & string]

/** Where a published message went. */
export interface Receipt {
  /** Its position in the log; absent when it was ephemeral. */
  id?: string
  channel: string
  timestamp: string
  /** How many connections it was handed to at once, by the server that took it. */
  recipients?: number
}

/** The answer of a resume that could not bring back everything: load your state anew. */
export type Gap = Extract<Resume, { status: 'gap' }>

/** Somebody came to a channel or left it. */
export type PresenceChange = Pick<PresenceFrame, 'channel' | 'member'> & { type: 'join' | 'leave' }

/** Something that the app may want to know, and that needs no answer. */
export type Notice =
  /** Nothing came by the other transport, as behind a proxy that holds answers back: this one is used from now on. */
  | { type: 'transport'; transport: Transport; because: 'silent' | 'refused' }
  /** Messages of these channels come in from now on: what is loaded now leaves no gap to them. */
  | { type: 'following'; channels: string[] }
  /** These are not followed any more, since nobody listens to them. */
  | { type: 'unfollowed'; channels: string[] }
  /** A channel is not followed any more, or could not be: the server said no. */
  | { type: 'refused'; channel: string; code: string }

/** How messages come: Server-Sent Events or WebSocket. */
export type Transport = 'sse' | 'ws'
