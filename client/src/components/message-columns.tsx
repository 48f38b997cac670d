import { useMemo } from 'react'
import type { Message } from '../../../shared/protocol.ts'
import { formatMoment, formatTime } from '../lib/format.ts'
import { useLocale, useWords } from '../lib/language.ts'
import { preview } from '../lib/preview.ts'
import type { Column } from './table.tsx'

/** The columns of stored messages; one channel's need not name it. */
export function useMessageColumns(withChannel: boolean): Column<Message>[] {
  const { stream, message: words } = useWords()
  const locale = useLocale()
  return useMemo(() => {
    const day = new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit' })
    const channel: Column<Message> = {
      key: 'channel',
      head: stream.columns.channel,
      rem: 12,
      cell: (row) => (
        <span className="block truncate font-mono text-small text-accent-text" title={row.channel}>
          {row.channel}
        </span>
      ),
    }
    return [
      {
        key: 'time',
        head: stream.columns.time,
        rem: 10,
        cell: (row) => (
          <time
            dateTime={row.timestamp}
            title={formatMoment(row.timestamp, locale)}
            className="font-mono text-small whitespace-nowrap text-ink-faint tabular-nums"
          >
            {day.format(new Date(row.timestamp))} {formatTime(row.timestamp)}
          </time>
        ),
      },
      ...(withChannel ? [channel] : []),
      {
        key: 'type',
        head: stream.columns.type,
        rem: 9,
        cell: (row) => (
          <span className="block truncate font-medium" title={row.type}>
            {row.type}
          </span>
        ),
      },
      {
        key: 'from',
        head: words.from,
        rem: 7,
        cell: (row) =>
          row.from === undefined ? (
            <span className="text-ink-faint">–</span>
          ) : (
            <span className="block truncate" title={row.from}>
              {row.from}
            </span>
          ),
      },
      {
        key: 'message',
        head: stream.columns.message,
        wide: true,
        cell: (row) => <span className="block truncate font-mono text-small text-ink-soft">{preview(row)}</span>,
      },
    ]
  }, [stream, words, locale, withChannel])
}
