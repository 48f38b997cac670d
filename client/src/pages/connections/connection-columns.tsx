import { useMemo } from 'react'
import type { ConnectionInfo } from '../../../../shared/api.ts'
import { Badge } from '../../components/badge.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import type { Column } from '../../components/table.tsx'
import { formatBytes, formatCount, formatExact } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { connectionsWords } from './words.ts'

const SHOWN_CHANNELS = 2

/** The columns of the connections. */
export function useConnectionColumns(): Column<ConnectionInfo>[] {
  const words = usePageWords(connectionsWords)
  const locale = useLocale()
  return useMemo(() => {
    const { columns } = words
    const count = (value: number) => <span title={formatExact(value, locale)}>{formatCount(value, locale)}</span>
    const bytes = (value: number) => {
      const { value: figure, unit, exact } = formatBytes(value, locale)
      return <span title={exact}>{`${figure} ${unit}`}</span>
    }
    return [
      {
        key: 'who',
        head: columns.who,
        wide: true,
        sortBy: (row) => row.name ?? row.userId,
        cell: (row) => <Who row={row} anonymous={words.anonymous} />,
      },
      {
        key: 'transport',
        head: columns.transport,
        rem: 5.5,
        sortBy: (row) => row.transport,
        cell: (row) => <Badge code>{row.transport}</Badge>,
      },
      {
        key: 'address',
        head: columns.address,
        rem: 8.5,
        sortBy: (row) => row.ip,
        cell: (row) => (
          <span className="block truncate font-mono text-small" title={row.ip}>
            {row.ip}
          </span>
        ),
      },
      {
        key: 'channels',
        head: columns.channels,
        rem: 13,
        sortBy: (row) => row.channels.length,
        cell: (row) => <Channels channels={row.channels} />,
      },
      {
        key: 'connected',
        head: columns.connected,
        rem: 7,
        sortBy: (row) => Date.parse(row.connectedAt),
        cell: (row) => <RelativeTime at={row.connectedAt} none="" />,
      },
      {
        key: 'messages',
        head: columns.messages,
        rem: 5.5,
        right: true,
        sortBy: (row) => row.messagesSent,
        cell: (row) => count(row.messagesSent),
      },
      {
        key: 'bytes',
        head: columns.bytes,
        rem: 6,
        right: true,
        sortBy: (row) => row.bytesSent,
        cell: (row) => bytes(row.bytesSent),
      },
      {
        key: 'buffered',
        head: columns.buffered,
        rem: 5.5,
        right: true,
        sortBy: (row) => row.bufferedBytes,
        cell: (row) => (row.bufferedBytes === 0 ? <span className="text-ink-faint">0</span> : bytes(row.bufferedBytes)),
      },
    ]
  }, [words, locale])
}

function Who({ row, anonymous }: { row: ConnectionInfo; anonymous: string }) {
  const who = row.name ?? row.userId
  return (
    <span className="flex min-w-0 items-baseline gap-x-2 @max-[60rem]:flex-wrap @max-[60rem]:pr-8">
      <span
        className={`max-w-full shrink-0 truncate ${who === null ? 'text-ink-faint' : 'font-medium'}`}
        title={row.userId ?? undefined}
      >
        {who ?? anonymous}
      </span>
      <span className="min-w-0 truncate font-mono text-small text-ink-faint">{row.id}</span>
    </span>
  )
}

function Channels({ channels }: { channels: readonly string[] }) {
  const words = usePageWords(connectionsWords)
  if (channels.length === 0) return <span className="text-ink-faint">{words.ownOnly}</span>
  const rest = channels.length - SHOWN_CHANNELS
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden @max-[60rem]:flex-wrap" title={channels.join('\n')}>
      {channels.slice(0, SHOWN_CHANNELS).map((channel) => (
        <Badge key={channel} code>
          {channel}
        </Badge>
      ))}
      {rest > 0 && <Badge>{words.moreChannels(rest)}</Badge>}
    </span>
  )
}
