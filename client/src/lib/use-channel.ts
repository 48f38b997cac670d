import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ChannelDetail, ChannelInfo } from '../../../shared/api.ts'
import { CHANNELS_CHANNEL, type ChannelsNews } from '../../../shared/dashboard.ts'
import { useFollow } from './live.ts'
import { fetchChannel } from './traffic-api.ts'

/** One channel, live: its figures with each news of it, who follows it and what is kept of it when that changed. */
export function useChannel(name: string | null) {
  const queries = useQueryClient()
  const queryKey = ['channel', name]
  const [news, setNews] = useState<ChannelInfo | null>(null)
  const query = useQuery({
    queryKey,
    queryFn: () => fetchChannel(name ?? ''),
    enabled: name !== null,
    staleTime: 0,
  })

  useFollow(name === null ? null : CHANNELS_CHANNEL, (message) => {
    if (message.type !== 'channels_news') return
    const found = (message as unknown as ChannelsNews).channels.find((one) => one.name === name)
    if (!found) return
    setNews(found)
    void queries.invalidateQueries({ queryKey })
  })

  const data: ChannelDetail | undefined = query.data && news?.name === name ? { ...query.data, ...news } : query.data
  return { ...query, data }
}
