import type { Wanted } from './following.ts'
import type { News } from './news.ts'

/** What tabs say to each other. */
export type Talk =
  /** A tab is here, or wants something else than before; `isNew`: it has heard nothing from the leader yet. */
  | { say: 'here'; wanted: Wanted; position: string | null; isNew: boolean }
  /** The speaker holds the connection from now on, and asks who is here. */
  | { say: 'leading' }
  /** What the connection brings. `own`: it comes for whoever holds it, on a channel that no tab has asked for. */
  | { say: 'news'; news: News; own: boolean }
  /** Where the connection stands, for a tab that is new. */
  | { say: 'welcome'; to: string; news: News[] }
  /** Does somebody hold the connection? */
  | { say: 'ping' | 'pong' }
  /** What happened to a tab that does not hold it. */
  | { say: 'retry' | 'wake' }

/** A word with the id of the tab that says it. */
export type Heard = Talk & { from: string }

/** The way by which the tabs of one client talk to each other; each hears what the others say, in their order. */
export interface Bus {
  /** This tab's own id. */
  readonly id: string
  say(talk: Talk): void
  close(): void
}

export function openBus(name: string, hear: (heard: Heard) => void): Bus {
  const id = Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('')
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }: MessageEvent<Heard>) => hear(data)
  return {
    id,
    say: (talk) => channel.postMessage({ ...talk, from: id }),
    close: () => channel.close(),
  }
}

/** The lock that a tab holds as long as it lives, so that others learn when it is gone. */
export function tabLock(name: string, id: string): string {
  return `${name}/${id}`
}
