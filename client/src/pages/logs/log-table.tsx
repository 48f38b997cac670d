import { ScrollText } from 'lucide-react'
import { useMemo } from 'react'
import type { LogRecord } from '../../../../shared/api.ts'
import { Blank } from '../../components/blank.tsx'
import { Button } from '../../components/button.tsx'
import { LevelBadge } from '../../components/level-badge.tsx'
import { NoMatch } from '../../components/no-match.tsx'
import { Notice } from '../../components/notice.tsx'
import { ReadOn } from '../../components/read-on.tsx'
import { RowSkeletons } from '../../components/row-skeletons.tsx'
import { Table, type Column } from '../../components/table.tsx'
import { formatMoment, formatTime } from '../../lib/format.ts'
import { useLocale, usePageWords, useWords } from '../../lib/language.ts'
import type { LogSearch } from '../../lib/logs-api.ts'
import { setParams } from '../../lib/router.ts'
import { tellError } from '../../lib/tell-error.ts'
import { useLogMessage } from '../../lib/use-log-message.ts'
import type { useLogs } from './use-logs.ts'
import { logsWords } from './words.ts'

interface LogTableProps {
  logs: ReturnType<typeof useLogs>
  openId: string | null
  onOpen: (id: string) => void
}

/** The entries, newest on top, read on as one scrolls; and what to say when there are none. */
export function LogTable({ logs: { logs, pages, search }, openId, onOpen }: LogTableProps) {
  const words = useWords()
  const columns = useColumns()
  const again = (
    <Button size="small" disabled={pages.isFetching} onClick={() => void pages.refetch()}>
      {words.actions.retry}
    </Button>
  )
  if (logs === undefined && !pages.isError) return <RowSkeletons />
  return (
    <>
      {pages.isError && (
        <div className="p-3">
          <Notice meaning={logs === undefined ? 'bad' : 'warn'} action={again}>
            {logs === undefined ? tellError(pages.error, words) : words.list.stale}
          </Notice>
        </div>
      )}
      {logs?.length === 0 && (isNarrowed(search) ? <NoMatch onShowAll={showAll} /> : <Empty />)}
      {logs !== undefined && logs.length > 0 && (
        <Table
          label={words.pages.logs}
          rows={logs}
          columns={columns}
          rowKey={({ id }) => id}
          onOpen={({ id }) => onOpen(id)}
          openKey={openId}
        />
      )}
      <ReadOn pages={pages} />
    </>
  )
}

function useColumns(): Column<LogRecord>[] {
  const { columns: words, system } = usePageWords(logsWords)
  const locale = useLocale()
  return useMemo(() => {
    const day = new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit' })
    return [
      {
        key: 'time',
        head: words.time,
        rem: 10,
        cell: ({ timestamp }) => (
          <time
            dateTime={timestamp}
            title={formatMoment(timestamp, locale)}
            className="font-mono text-small whitespace-nowrap text-ink-faint tabular-nums"
          >
            {day.format(new Date(timestamp))} {formatTime(timestamp)}
          </time>
        ),
      },
      { key: 'level', head: words.level, rem: 6, cell: ({ level }) => <LevelBadge level={level} /> },
      {
        key: 'type',
        head: words.type,
        rem: 10,
        cell: ({ type }) => (
          <span className="block truncate font-mono text-small" title={type}>
            {type}
          </span>
        ),
      },
      { key: 'message', head: words.message, wide: true, cell: (log) => <What log={log} /> },
      {
        key: 'actor',
        head: words.actor,
        rem: 14,
        cell: ({ actor }) => (
          <span className="block truncate font-mono text-small text-ink-soft" title={actor ?? system}>
            {actor ?? '–'}
          </span>
        ),
      },
    ]
  }, [words, system, locale])
}

function What({ log }: { log: LogRecord }) {
  const text = useLogMessage(log)
  return (
    <span className="block @[60rem]:truncate @max-[60rem]:break-words" title={text}>
      {text}
    </span>
  )
}

const showAll = () => setParams({ level: null, type: null, q: null, since: null, until: null })

function isNarrowed({ levels, type, q, since, until }: LogSearch): boolean {
  return levels.length > 0 || [type, q, since, until].some((value) => value !== '')
}

function Empty() {
  const words = usePageWords(logsWords)
  return <Blank icon={<ScrollText aria-hidden className="size-5" />} title={words.emptyTitle} lead={words.emptyLead} />
}
