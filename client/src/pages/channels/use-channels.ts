import { useEffect } from 'react'
import { CHANNELS_CHANNEL, type ChannelsNews } from '../../../../shared/dashboard.ts'
import type { Message } from '../../../../shared/protocol.ts'
import type { LiveList } from '../../lib/live-list.ts'
import { type ChannelRow, fetchChannels } from '../../lib/traffic-api.ts'
import { useLiveList } from '../../lib/use-live-list.ts'

const keyOf = ({ name }: ChannelRow) => name
const RESETTLE_EVERY_MS = 5000

/** The channels in use, live. Rows that are sorted by moving figures change places every five seconds. */
export function useChannels(sortKey: string) {
  const query = useLiveList({ keyOf, channel: CHANNELS_CHANNEL, fetchPage: fetchChannels, apply })
  const { list } = query
  const isMoving = sortKey !== 'name'
  useEffect(() => {
    if (!isMoving) return
    const timer = setInterval(list.resettle, RESETTLE_EVERY_MS)
    return () => clearInterval(timer)
  }, [isMoving, list])
  return query
}

function apply(message: Message, list: LiveList<ChannelRow>): void {
  if (message.type !== 'channels_news') return
  const { channels, gone } = message as unknown as ChannelsNews
  for (const channel of channels) {
    const row = list.find(channel.name)
    if (row) Object.assign(row, channel)
    else list.put([channel])
  }
  if (gone.length > 0) list.drop(gone)
  if (channels.length > 0) list.touch()
}
