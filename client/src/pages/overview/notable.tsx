import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LogRecord } from '../../../../shared/api.ts'
import { LevelBadge } from '../../components/level-badge.tsx'
import { Link } from '../../components/link.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { usePageWords } from '../../lib/language.ts'
import { useFollow } from '../../lib/live.ts'
import { fetchLogs, logOf } from '../../lib/logs-api.ts'
import { useLogMessage } from '../../lib/use-log-message.ts'
import { Card } from './card.tsx'
import { overviewWords } from './words.ts'

const SHOWN = 6
const NOTABLE = { levels: ['warn', 'error'], type: '', q: '', since: '', until: '' } as const

/** What went wrong of late: warnings, refusals and errors. */
export function Notable() {
  const { notable: words } = usePageWords(overviewWords)
  const [fresh, setFresh] = useState<readonly LogRecord[]>([])
  const stored = useQuery({
    queryKey: ['logs-notable'],
    queryFn: ({ signal }) => fetchLogs(NOTABLE, null, SHOWN, signal),
    staleTime: Infinity,
    gcTime: 0,
  })

  useFollow(
    'admin/logs',
    (message) => {
      const log = logOf(message)
      if (log && (log.level === 'warn' || log.level === 'error')) setFresh((old) => [log, ...old].slice(0, SHOWN))
    },
    () => void stored.refetch(),
  )

  const known = new Set(fresh.map(({ id }) => id))
  const logs = [...fresh, ...(stored.data?.logs ?? []).filter(({ id }) => !known.has(id))].slice(0, SHOWN)
  return (
    <Card
      title={words.title}
      href="/logs?level=warn,error"
      all={words.all}
      query={stored}
      empty={logs.length === 0 && words.empty}
    >
      <ul className="flex flex-col py-1">
        {logs.map((log) => (
          <Event key={log.id} log={log} />
        ))}
      </ul>
    </Card>
  )
}

function Event({ log }: { log: LogRecord }) {
  const text = useLogMessage(log)
  return (
    <li>
      <Link
        href={`/logs?level=warn,error&log=${encodeURIComponent(log.id)}`}
        className="flex h-9 items-center gap-3 px-4 text-row -outline-offset-2 hover:bg-hover"
      >
        <LevelBadge level={log.level} />
        <span className="min-w-0 flex-1 truncate" title={text}>
          {text}
        </span>
        <span className="shrink-0 text-small text-ink-faint tabular-nums">
          <RelativeTime at={log.timestamp} none="" />
        </span>
      </Link>
    </li>
  )
}
