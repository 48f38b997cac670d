import { createContext, use } from 'react'
import type { Stats } from '../../../shared/api.ts'
import type { Message } from '../../../shared/protocol.ts'
import { createClient, type Client, type Gap, type State } from '../realtime/index.ts'
import { fetchRecentMessages } from './api.ts'
import { createFeed, type Feed } from './feed.ts'
import { paceByFrame } from './pace.ts'
import { createStatsHistory, type StatsHistory } from './stats-history.ts'
import { createValue, type Value } from './value.ts'

/** What one stream brings to the page. */
export interface Live {
  state: Value<State>
  /** What the last reconnect could not bring back; null when nothing, or dismissed. */
  gap: Value<Gap | null>
  feed: Feed
  stats: StatsHistory
  /** Opens the stream; returns how to close it. */
  open: () => () => void
  retry: () => void
}

const SHOWN_MESSAGES = 500
const SEEDED_MESSAGES = 100
const STATS_CHANNEL = 'admin/stats'

/** Prepares one stream of everything: messages to the feed, figures to their history. */
export function createLive(): Live {
  const state = createValue<State>({ status: 'connecting' })
  const gap = createValue<Gap | null>(null)
  const feed = createFeed(SHOWN_MESSAGES, paceByFrame(requestAnimationFrame.bind(window)))
  const stats = createStatsHistory()
  let client: Client | null = null
  let seeded = false

  function receive(message: Message) {
    if (message.channel === STATS_CHANNEL) stats.add(message as unknown as Stats)
    else if (!message.channel.startsWith('admin/')) feed.push(message)
  }

  function onState(next: State) {
    state.set(next)
    if (next.status === 'live' && !seeded) void seed()
  }

  /** Asked for once the stream is live, so that nothing falls between archive and stream. */
  async function seed() {
    seeded = true
    // The stream works without a past; an archive that is away is told by the database figure.
    feed.seed(await fetchRecentMessages(SEEDED_MESSAGES).catch(() => []))
  }

  return {
    state,
    gap,
    feed,
    stats,
    open() {
      client = createClient({ url: '/api/events', channels: ['**'], onMessage: receive, onState, onGap: gap.set })
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
