import { useQuery, useQueryClient } from '@tanstack/react-query'
import { CHANNELS_CHANNEL, type ChannelsNews } from '../../../../shared/dashboard.ts'
import { Link } from '../../components/link.tsx'
import { Notice } from '../../components/notice.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { RowSkeletons } from '../../components/row-skeletons.tsx'
import { formatExact } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { useFollow } from '../../lib/live.ts'
import { fetchMembers } from '../../lib/traffic-api.ts'
import { channelsWords } from './words.ts'

/** Who follows a channel by its name, live. */
export function ChannelPresence({ name }: { name: string }) {
  const { presence: words } = usePageWords(channelsWords)
  const locale = useLocale()
  const queries = useQueryClient()
  const queryKey = ['channel', name, 'presence']
  const members = useQuery({ queryKey, queryFn: () => fetchMembers(name), staleTime: 0 })

  useFollow(CHANNELS_CHANNEL, (message) => {
    if (message.type !== 'channels_news') return
    const { channels } = message as unknown as ChannelsNews
    if (channels.some((one) => one.name === name)) void queries.invalidateQueries({ queryKey })
  })

  if (members.isError && members.data === undefined) return <Notice meaning="bad">{words.failed}</Notice>
  if (members.data === undefined) return <RowSkeletons />
  const { members: shown, total } = members.data
  if (total === 0) return <p className="text-row text-ink-faint">{words.empty}</p>
  const rest = total - shown.length
  return (
    <section aria-label={words.label} className="flex flex-col gap-2">
      <p aria-live="polite" className="text-row text-ink-soft tabular-nums">
        {words.count(formatExact(total, locale))}
      </p>
      <ul className="rounded-card border border-line bg-panel">
        {shown.map(({ connectionId, userId, name: own, joinedAt, connections }) => (
          <li
            key={connectionId}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2 text-row last:border-b-0"
          >
            <Link href={`/connections?connection=${encodeURIComponent(connectionId)}`} className="hover:underline">
              {own ?? userId ?? <span className="text-ink-soft">{words.anonymous}</span>}
            </Link>
            {userId !== undefined && <span className="font-mono text-small text-ink-faint">{userId}</span>}
            <span className="ml-auto text-small text-ink-faint">{words.connections(connections.length)}</span>
            <span className="text-small text-ink-faint">
              {words.since} <RelativeTime at={joinedAt} none="" />
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="text-small text-ink-faint">{words.more(formatExact(rest, locale))}</p>}
    </section>
  )
}
