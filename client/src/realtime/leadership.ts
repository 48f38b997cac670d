import type { Context, openConnection, OwnEngine } from './connection.ts'
import type { Wanted } from './following.ts'
import type { matcher } from './match.ts'
import type { IsAmong } from './matching.ts'
import type { News } from './news.ts'
import type { distance, keepPosition } from './position.ts'
import type { watchSilence } from './watch.ts'
import { type Bus, type Heard, tabLock } from './tab-talk.ts'

/**
 * What the client has loaded already. It is handed in, since a module that is imported by both would be one more file to
 * load for those who share nothing.
 */
export interface LoadedParts {
  openConnection: typeof openConnection
  keepPosition: typeof keepPosition
  distance: typeof distance
  matcher: typeof matcher
  watchSilence: typeof watchSilence
}

/** Holding the connection for all tabs. */
export interface Leadership {
  /** Null until it is known where to go on from. */
  readonly engine: OwnEngine | null
  hear(heard: Heard): void
  stop(): void
}

interface LeadershipParts {
  context: Context
  parts: LoadedParts
  isAmong: IsAmong
  /** Name of the lock of all tabs. */
  name: string
  bus: Bus
  /** Hands news to this tab. */
  tell: (news: News, own: boolean) => void
}

interface Tab {
  wanted: Wanted
  position: string | null
}

/** How long the tabs that are open may take to say where they are, in milliseconds. */
const GATHER_MS = 500

/** Takes the connection over: asks the other tabs where they are, and goes on from the smallest place of all. */
export function createLeadership({ context, parts, isAmong, name, bus, tell }: LeadershipParts): Leadership {
  const { openConnection, keepPosition, distance } = parts
  const ending = new AbortController()
  const { signal } = ending
  const tabs = new Map<string, Tab>()
  /** Where this tab has gone on from. */
  let start: string | null = null
  let position = keepPosition(undefined, undefined)
  let state: News = { kind: 'state', state: { status: 'connecting' } }
  let engine: OwnEngine | null = null
  let onHere = () => {}

  function wanted(): Wanted {
    const all = [context.wanted(), ...[...tabs.values()].map((tab) => tab.wanted)]
    return {
      channels: [...new Set(all.flatMap(({ channels }) => channels))],
      presence: all.some(({ presence }) => presence),
    }
  }

  function bring(news: News) {
    if (signal.aborted) return
    position.hear(news)
    if (news.kind === 'state') state = news
    const own = news.kind === 'message' && !isAmong(wanted().channels, news.message.channel)
    bus.say({ say: 'news', news, own })
    tell(news, own)
  }

  async function begin(): Promise<void> {
    bus.say({ say: 'leading' })
    await gather()
    if (signal.aborted) return
    goOnFrom([context.position.current, ...[...tabs.values()].map((tab) => tab.position)])
    engine = openConnection({
      ...context,
      wanted,
      get position() {
        return position
      },
      tell: bring,
    })
  }

  /** Waits until every tab that is open has answered, or for a moment. */
  async function gather(): Promise<void> {
    const { held = [] } = await navigator.locks.query()
    const prefix = tabLock(name, '')
    const open = held.flatMap((lock) => (lock.name?.startsWith(prefix) ? [lock.name.slice(prefix.length)] : []))
    const isComplete = () => open.every((id) => id === bus.id || tabs.has(id))
    if (isComplete()) return
    await new Promise<void>((resolve) => {
      setTimeout(resolve, GATHER_MS)
      onHere = () => isComplete() && resolve()
    })
  }

  function goOnFrom(positions: readonly (string | null)[]) {
    const known = positions.filter((one) => one !== null)
    const least = known.reduce<string | null>((a, b) => (a === null || distance(a, b) < 0 ? b : a), null)
    start = least
    position = keepPosition(undefined, undefined, start)
  }

  function note(id: string, tab: Tab) {
    if (!tabs.has(id)) {
      // Held by the tab itself for as long as it lives.
      const leave = () => {
        tabs.delete(id)
        engine?.update()
      }
      navigator.locks.request(tabLock(name, id), { signal }, leave).catch(() => {})
    }
    tabs.set(id, tab)
    onHere()
    engine?.update()
  }

  /**
   * Brings again what a tab has not heard; the others pass over it. One that was here all the time has heard, or will
   * hear, what was brought by this tab from `start` on.
   */
  function catchUp(tab: Tab, from: string | null) {
    if (from === null || tab.position === null || distance(from, tab.position) >= 0) return
    goOnFrom([tab.position])
    engine?.reopen()
  }

  function welcome(id: string, tab: Tab) {
    const { current } = position
    const news: News[] = [state]
    if (current !== null) {
      news.unshift({ kind: 'position', id: current })
      // A place in another log: there is nothing to go on from.
      if (tab.position !== null && distance(current, tab.position) === Infinity) {
        news.unshift({ kind: 'gap', gap: { status: 'gap', reason: 'epoch', from: tab.position, to: current } })
      }
    }
    bus.say({ say: 'welcome', to: id, news })
  }

  void begin()

  return {
    get engine() {
      return engine
    },
    hear(heard) {
      if (heard.say === 'here') {
        note(heard.from, heard)
        catchUp(heard, heard.isNew ? position.current : start)
        if (heard.isNew) welcome(heard.from, heard)
      } else if (heard.say === 'ping') bus.say({ say: 'pong' })
      else if (heard.say === 'retry') engine?.retry()
      else if (heard.say === 'wake') engine?.wake()
    },
    stop() {
      ending.abort()
      engine?.close()
    },
  }
}
