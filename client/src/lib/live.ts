import { createContext, use, useEffect, useEffectEvent } from 'react'
import type { Stats } from '../../../shared/api.ts'
import { createClient, type Client, type Gap, type State } from '../realtime/index.ts'
import { changeChannels } from './api.ts'
import { createChannelSync } from './channel-sync.ts'
import { createFollowed, type MessageListener } from './followed.ts'
import { createStatsHistory, type StatsHistory } from './stats-history.ts'
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

const STATS_CHANNEL = 'admin/stats'

/** Prepares one stream that follows what the page in sight listens to. */
export function createLive(): Live {
  const state = createValue<State>({ status: 'connecting' })
  const gap = createValue<Gap | null>(null)
  const stats = createStatsHistory()
  const starters = new Set<{ pattern: string; onFollowing: () => void }>()
  let client: Client | null = null
  let opening: string[] = []

  const sync = createChannelSync({
    wanted: () => followed.patterns(),
    change: changeChannels,
    onInForce: tellFollowing,
  })
  const followed = createFollowed(sync.touch)
  followed.add(STATS_CHANNEL, (message) => stats.add(message as unknown as Stats))

  function tellFollowing(patterns: readonly string[]) {
    for (const { pattern, onFollowing } of [...starters]) if (patterns.includes(pattern)) onFollowing()
  }

  function onState(next: State) {
    if (next.status === 'live') sync.connected(next.connectionId, opening)
    else sync.disconnected()
    state.set(next)
  }

  return {
    state,
    gap,
    stats,
    follow(pattern, listener, onFollowing = () => {}) {
      const starter = { pattern, onFollowing }
      starters.add(starter)
      const off = followed.add(pattern, listener)
      if (sync.isInForce(pattern)) queueMicrotask(() => starters.has(starter) && onFollowing())
      return () => {
        starters.delete(starter)
        off()
      }
    },
    open() {
      client = createClient({
        // Read at each attempt: a connection that comes back resumes all that is followed by then.
        get channels() {
          return (opening = followed.patterns())
        },
      })
      client.onMessage(followed.deliver)
      client.onState(onState)
      client.onGap(gap.set)
      return client.close
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
