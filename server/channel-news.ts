import type { ChannelInfo } from '../shared/api.ts'
import { CHANNELS_CHANNEL, type ChannelsNews } from '../shared/dashboard.ts'
import type { Hub } from './hub/hub.ts'
import { channelInfo, isListed } from './hub/info.ts'
import type { Channel } from './hub/subscriptions.ts'

/** How often the dashboard is told. */
const TELL_EVERY_MS = 1000
/** Most channels that are looked at in one turn; with more it takes several to get round. */
const MAX_LOOKS = 2500

/** Tells `admin/channels` what is different about the channels, once a second and while somebody listens. */
export function createChannelNews({ hub }: { hub: Hub }): { stop(): void } {
  const round = createChannelRound(
    () => hub.subscriptions.channels,
    (channel) => channelInfo(hub, channel, Date.now()),
  )

  const timer = setInterval(() => {
    if (!hub.publisher.hasListeners(CHANNELS_CHANNEL)) return round.forget()
    const news = round.next()
    if (news.channels.length + news.gone.length > 0) hub.publisher.announce(CHANNELS_CHANNEL, { ...news })
  }, TELL_EVERY_MS).unref()

  return { stop: () => clearInterval(timer) }
}

/** Goes round all channels, a bounded number at each call, and picks those that are not as they were told to be. */
export function createChannelRound(
  channels: () => ReadonlyMap<string, Channel>,
  describe: (channel: Channel) => ChannelInfo,
  perTurn = MAX_LOOKS,
) {
  const told = new Map<string, string>()
  let round: Iterator<Channel> | null = null

  function goneSince(): string[] {
    const gone = [...told.keys()].filter((name) => !channels().has(name))
    for (const name of gone) told.delete(name)
    return gone
  }

  function look(channel: Channel): { info: ChannelInfo | null; gone: string | null } {
    const info = describe(channel)
    const before = told.get(info.name)
    if (!isListed(info)) {
      told.delete(info.name)
      return { info: null, gone: before === undefined ? null : info.name }
    }
    const mark = `${info.subscribers} ${info.messagesPerSecond} ${info.bytesPerSecond} ${info.lastMessageAt}`
    if (before === mark) return { info: null, gone: null }
    told.set(info.name, mark)
    return { info, gone: null }
  }

  return {
    next(): ChannelsNews {
      const news: ChannelsNews = { type: 'channels_news', channels: [], gone: [] }
      for (let looks = Math.min(perTurn, channels().size + 1); looks > 0; looks--) {
        round ??= channels().values()
        const step = round.next()
        if (step.done) {
          round = null
          news.gone.push(...goneSince())
          break
        }
        const { info, gone } = look(step.value)
        if (info !== null) news.channels.push(info)
        if (gone !== null) news.gone.push(gone)
      }
      return news
    },
    forget(): void {
      told.clear()
      round = null
    },
  }
}
