import { useMemo } from 'react'
import { RelativeTime } from '../../components/relative-time.tsx'
import type { Column } from '../../components/table.tsx'
import { formatBytes, formatCount, formatExact } from '../../lib/format.ts'
import { useLocale, usePageWords, useWords } from '../../lib/language.ts'
import type { ChannelRow } from '../../lib/traffic-api.ts'
import { channelsWords } from './words.ts'

/** The columns of the channels. */
export function useChannelColumns(): Column<ChannelRow>[] {
  const { columns } = usePageWords(channelsWords)
  const { list } = useWords()
  const locale = useLocale()
  return useMemo(() => {
    const count = (value: number) =>
      value === 0 ? (
        <span className="text-ink-faint">0</span>
      ) : (
        <span title={formatExact(value, locale)}>{formatCount(value, locale)}</span>
      )
    const bytes = (value: number) => {
      const { value: figure, unit, exact } = formatBytes(value, locale)
      return value === 0 ? <span className="text-ink-faint">0</span> : <span title={exact}>{`${figure} ${unit}`}</span>
    }
    return [
      {
        key: 'name',
        head: columns.name,
        wide: true,
        sortBy: (row) => row.name,
        cell: (row) => (
          <span className="block truncate font-mono text-small" title={row.name}>
            {row.name}
          </span>
        ),
      },
      {
        key: 'subscribers',
        head: columns.subscribers,
        rem: 7.5,
        right: true,
        sortBy: (row) => row.subscribers,
        cell: (row) => count(row.subscribers),
      },
      {
        key: 'rate',
        head: columns.rate,
        rem: 7.5,
        right: true,
        sortBy: (row) => row.messagesPerSecond,
        cell: (row) => count(row.messagesPerSecond),
      },
      {
        key: 'bytes',
        head: columns.bytes,
        rem: 7,
        right: true,
        sortBy: (row) => row.bytesPerSecond,
        cell: (row) => bytes(row.bytesPerSecond),
      },
      {
        key: 'kept',
        head: columns.kept,
        rem: 6.5,
        right: true,
        sortBy: (row) => row.kept?.messages ?? null,
        cell: (row) => (row.kept ? count(row.kept.messages) : <span className="text-ink-faint">–</span>),
      },
      {
        key: 'size',
        head: columns.keptBytes,
        rem: 8.5,
        right: true,
        sortBy: (row) => row.kept?.bytes ?? null,
        cell: (row) => (row.kept ? bytes(row.kept.bytes) : <span className="text-ink-faint">–</span>),
      },
      {
        key: 'last',
        head: columns.last,
        rem: 9,
        sortBy: (row) => (row.lastMessageAt === null ? null : Date.parse(row.lastMessageAt)),
        cell: (row) => <RelativeTime at={row.lastMessageAt} none={list.never} />,
      },
    ]
  }, [columns, list, locale])
}
