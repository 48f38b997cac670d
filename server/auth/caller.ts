import type { DashboardUser, Scope } from '../../shared/api.ts'

/** Whoever makes a request or holds a connection open (contract §3). */
export type Caller = AnonymousCaller | UserCaller | KeyCaller | AdminCaller | HostCaller

export interface AnonymousCaller {
  kind: 'anonymous'
}

/** The bearer of a JWT: an end user of an app. */
export interface UserCaller {
  kind: 'user'
  sub: string
  name: string | null
  /** Patterns of the token's claims. */
  subscribe: readonly string[]
  publish: readonly string[]
  /** Epoch milliseconds. */
  expiresAt: number
  /** SHA-256 of the token, hex: tells one token from another without keeping it. */
  tokenHash: string
  /** Set on tokens that the server made for one participant of one video room. */
  room: { id: string; participantId: string } | null
  /** Tells whether an open video room names this user as its host; absent: none does. */
  isNamedHostOf?: (roomId: string) => boolean
}

/** The bearer of the host token of one video room. */
export interface HostCaller {
  kind: 'host'
  roomId: string
  /** SHA-256 of the token, hex. */
  tokenHash: string
}

/** The bearer of an API key `yk_…`: an app's own server. */
export interface KeyCaller {
  kind: 'key'
  id: string
  name: string
  scopes: readonly Scope[]
  /** Patterns that publish and subscribe are limited to; null for all. */
  channels: readonly string[] | null
  /** Epoch milliseconds; null for never. */
  expiresAt: number | null
}

/** A signed-in user of the dashboard. */
export interface AdminCaller {
  kind: 'admin'
  user: DashboardUser
  /** SHA-256 of the session's token, hex. */
  sessionHash: string
  /** Epoch milliseconds. */
  expiresAt: number
}

/** Names a caller in the event log: `admin:<id>`, `key:<id>`, `user:<sub>`, `host:<room>`, `anonymous`. */
export function actorOf(caller: Caller): string {
  switch (caller.kind) {
    case 'anonymous':
      return 'anonymous'
    case 'user':
      return `user:${caller.sub}`
    case 'key':
      return `key:${caller.id}`
    case 'admin':
      return `admin:${caller.user.id}`
    case 'host':
      return `host:${caller.roomId}`
  }
}
