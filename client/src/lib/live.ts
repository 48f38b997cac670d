import { createContext, use, useEffect, useEffectEvent, useMemo, useSyncExternalStore } from 'react'
import type { Stats } from '../../../shared/api.ts'
import { parseExact } from '../../../shared/exact-json.ts'
import { STATS_CHANNEL } from '../../../shared/stats-spans.ts'
import { createClient, type Client, type Gap, type State } from '../realtime/index.ts'
import { withBase } from './base.ts'
import { createFollows, type MessageListener } from './follows.ts'
import { createStatsHistory, type Sample, type StatsHistory } from './stats-history.ts'
import { createValue, type Value } from './value.ts'

/** The one stream of the whole dashboard. */
export interface Live {
  state: Value<State>
  /** What the last reconnect could not bring back; null when nothing, or dismissed. */
  gap: Value<Gap | null>
  stats: StatsHistory
  /**
   * Follows a channel or pattern for as long as somebody listens; returns how to stop. `**` brings users' traffic
   * without the server's own `admin/` channels. `onFollowing` hears each time that messages come in from now on: what
   * is fetched then leaves no gap to them.
   */
  follow: (pattern: string, listener: MessageListener, onFollowing?: () => void) => () => void
  /** Opens the stream; returns how to close it. */
  open: () => () => void
  retry: () => void
}

/** Prepares one stream that follows what the page in sight listens to. */
export function createLive(): Live {
  const state = createValue<State>({ status: 'connecting' })
  const gap = createValue<Gap | null>(null)
  const stats = createStatsHistory()
  const follows = createFollows()
  let client: Client | null = null

  follows.add(STATS_CHANNEL, (message) => stats.add(message as unknown as Stats, message.type === 'stats'))

  return {
    state,
    gap,
    stats,
    follow: follows.add,
    open() {
      client = createClient({ url: withBase('/'), environment: { parse: parseExact } })
      client.onState(state.set)
      client.onGap(gap.set)
      const detach = follows.attach(client)
      return () => {
        detach()
        client?.close()
      }
    },
    retry: () => client?.retry(),
  }
}

export const LiveContext = createContext<Live | null>(null)

export function useLive(): Live {
  const live = use(LiveContext)
  if (live === null) throw new Error('useLive is called outside LiveContext')
  return live
}

/** The figures of a node over the last minute, by default those of all together; renders again when they change. */
export function useSamples(node: string | null): readonly Sample[] {
  const { stats } = useLive()
  return useSyncExternalStore(stats.subscribe, () => stats.samplesOf(node))
}

/** The newest figures of each node that lives; renders again when they change. */
export function useNodeStats(): readonly Stats[] {
  const { stats } = useLive()
  return useSyncExternalStore(stats.subscribe, () => stats.nodes)
}

/** The nodes that live, by name; renders again when one comes or goes, and not with each figure. Empty until known. */
export function useNodeNames(): readonly string[] {
  const { stats } = useLive()
  const joined = useSyncExternalStore(stats.subscribe, () => stats.names.join('\n'))
  return useMemo(() => joined.split('\n').filter((name) => name !== ''), [joined])
}

/** Follows a channel or pattern while the component is there; see {@link Live.follow}. Null follows nothing. */
export function useFollow(pattern: string | null, listener: MessageListener, onFollowing: () => void = () => {}): void {
  const { follow } = useLive()
  const onMessage = useEffectEvent(listener)
  const onStart = useEffectEvent(onFollowing)
  useEffect(() => {
    if (pattern === null) return
    return follow(
      pattern,
      (message) => onMessage(message),
      () => onStart(),
    )
  }, [follow, pattern])
}
