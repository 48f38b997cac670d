import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { LogRecord } from '../../../../shared/api.ts'
import { Notice } from '../../components/notice.tsx'
import { RowSkeletons } from '../../components/row-skeletons.tsx'
import { formatMoment, formatTime } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { useFollow } from '../../lib/live.ts'
import { fetchLife } from '../../lib/traffic-api.ts'
import { connectionsWords } from './words.ts'

const DOTS = {
  debug: 'bg-line-strong',
  info: 'bg-accent-line',
  warn: 'bg-warn-line',
  error: 'bg-bad-line',
} as const satisfies Record<LogRecord['level'], string>

/** What the event log holds of one connection, newest on top, live. */
export function ConnectionLife({ id }: { id: string }) {
  const { life: words } = usePageWords(connectionsWords)
  const queries = useQueryClient()
  const queryKey = ['connection', id, 'life']
  const life = useQuery({ queryKey, queryFn: () => fetchLife(id), staleTime: 0 })

  useFollow('admin/logs', (message) => {
    const { log } = message as unknown as { log?: LogRecord }
    if (log && JSON.stringify(log.data).includes(id)) void queries.invalidateQueries({ queryKey })
  })

  if (life.isError) return <Notice meaning="bad">{words.failed}</Notice>
  if (life.data === undefined) return <RowSkeletons />
  if (life.data.length === 0) return <p className="text-row text-ink-faint">{words.empty}</p>
  return (
    <ol className="flex flex-col border-l border-line pl-4">
      {life.data.map((log) => (
        <Event key={log.id} log={log} />
      ))}
    </ol>
  )
}

function Event({ log }: { log: LogRecord }) {
  const { life: words, reasons } = usePageWords(connectionsWords)
  const locale = useLocale()
  const reason = typeof log.data?.reason === 'string' ? log.data.reason : null
  return (
    <li className="relative flex flex-col gap-0.5 pb-4 text-row last:pb-0">
      <span aria-hidden className={`absolute top-1.5 -left-[1.1875rem] size-2 rounded-round ${DOTS[log.level]}`} />
      <span className="font-medium">{words.types[log.type] ?? log.message}</span>
      <time dateTime={log.timestamp} title={formatMoment(log.timestamp, locale)} className="text-small text-ink-faint">
        {new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(log.timestamp))}{' '}
        {formatTime(log.timestamp)}
      </time>
      {reason !== null && (
        <span className="text-small text-ink-soft">
          {words.reason}: {reasons[reason] ?? reason}
        </span>
      )}
      {log.type === 'kick' && log.actor !== null && (
        <span className="text-small text-ink-soft">
          {words.by}: {log.actor}
        </span>
      )}
    </li>
  )
}
