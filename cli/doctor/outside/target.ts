import type { Proxy } from '../proxies.ts'

/** What is looked at from outside, and how. */
export interface Target {
  /** The hub's address, without a slash at its end. */
  url: string
  /** A key or token to follow with; null for nobody. */
  key: string | null
  /** The channel that is followed. */
  channel: string
  /** How long a stream is held open without a message, in milliseconds; 0 leaves that out. */
  idleMs: number
  /** Another origin whose pages are to be let in; null for none. */
  origin: string | null
  /** What stands before the hub, once an answer has shown it. */
  proxy: Proxy | null
  signal: AbortSignal
}

/** How long anything may take that ought to come at once, in milliseconds. */
export const PATIENCE_MS = 4000

/** The address of something below the hub's own. */
export function below({ url }: Pick<Target, 'url'>, path: string): URL {
  return new URL(url + path)
}

/** The address of a stream of the target's channel. */
export function streamOf(target: Pick<Target, 'url' | 'channel'>, path: '/api/events' | '/ws'): URL {
  const url = below(target, path)
  url.searchParams.append('channel', target.channel)
  return url
}

/** The header that says who is asking; none for nobody. */
export function authorizationOf({ key }: Pick<Target, 'key'>): Record<string, string> {
  return key === null ? {} : { Authorization: `Bearer ${key}` }
}
