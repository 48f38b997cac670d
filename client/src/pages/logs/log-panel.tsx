import { ChevronDown, ChevronUp } from 'lucide-react'
import type { LogRecord } from '../../../../shared/api.ts'
import { stringifyExact } from '../../../../shared/exact-json.ts'
import { IconButton } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { JsonView } from '../../components/json-view.tsx'
import { LevelBadge } from '../../components/level-badge.tsx'
import { SidePanel } from '../../components/side-panel.tsx'
import { formatMoment, formatTime } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { logWords } from '../../lib/log-words.ts'
import { logsWords } from './words.ts'

interface LogPanelProps {
  id: string
  logs: readonly LogRecord[] | undefined
  onGo: (id: string) => void
  onClose: () => void
}

/** One entry whole, at the right. */
export function LogPanel({ id, logs, onGo, onClose }: LogPanelProps) {
  const words = usePageWords(logsWords)
  const { messages } = usePageWords(logWords)
  const index = logs?.findIndex((log) => log.id === id) ?? -1
  const log = logs?.[index]
  if (logs === undefined) return null
  const neighbour = (step: number) => {
    const other = index < 0 ? undefined : logs[index + step]?.id
    return other === undefined ? null : () => onGo(other)
  }
  const newer = neighbour(-1)
  const older = neighbour(1)
  const arrows = (
    <>
      <IconButton label={words.newer} disabled={newer === null} onClick={newer ?? undefined}>
        <ChevronUp aria-hidden className="size-4" />
      </IconButton>
      <IconButton label={words.older} disabled={older === null} onClick={older ?? undefined}>
        <ChevronDown aria-hidden className="size-4" />
      </IconButton>
    </>
  )
  return (
    <SidePanel
      title={log ? (messages[log.message] ?? log.message) : words.goneTitle}
      onClose={onClose}
      actions={arrows}
    >
      {log ? <Whole log={log} /> : <p className="text-row text-ink-soft">{words.gone}</p>}
    </SidePanel>
  )
}

function Whole({ log }: { log: LogRecord }) {
  const words = usePageWords(logsWords)
  const locale = useLocale()
  const json = stringifyExact(log, 2)
  return (
    <>
      <Facts>
        <Fact name={words.columns.level}>
          <LevelBadge level={log.level} />
        </Fact>
        <Fact name={words.columns.type}>
          <span className="font-mono text-small">{log.type}</span>
        </Fact>
        <Fact name={words.columns.time}>
          <time dateTime={log.timestamp}>
            {formatMoment(log.timestamp, locale)} ({formatTime(log.timestamp)})
          </time>
        </Fact>
        <Fact name={words.columns.actor}>
          <span className="font-mono text-small break-all">{log.actor ?? words.system}</span>
        </Fact>
        <Fact name={words.node}>
          <span className="font-mono text-small break-all">{log.node}</span>
        </Fact>
      </Facts>
      <div className="flex items-center justify-between">
        <h3 className="text-row font-medium text-ink-soft">{words.whole}</h3>
        <CopyButton text={json} />
      </div>
      <div className="-mt-3">
        <JsonView text={json} />
      </div>
    </>
  )
}
