import { useEffect, useRef, useState } from 'react'
import { EXPORT_FORMATS, type ExportFormat } from '../../../../shared/message-search.ts'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { Dialog, DialogFoot } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import type { ArchiveSearch } from '../../lib/archive.ts'
import { formatBytes, formatExact } from '../../lib/format.ts'
import { useLocale, usePageWords, useWords } from '../../lib/language.ts'
import { downloadExport, type ExportProgress } from './download-export.ts'
import { messagesWords } from './words.ts'

type Run =
  | { state: 'ready' }
  | { state: 'running'; progress: ExportProgress }
  | { state: 'done'; progress: ExportProgress }
  | { state: 'failed' }

const TOLD_EVERY_MS = 150

interface ExportDialogProps {
  search: ArchiveSearch
  /** How many are found; null while they are counted. */
  total: number | null
  onClose: () => void
}

/** Takes away what the search finds, however much; says how far it is, and stops on demand. */
export function ExportDialog({ search, total, onClose }: ExportDialogProps) {
  const { export: words } = usePageWords(messagesWords)
  const { actions } = useWords()
  const locale = useLocale()
  const [format, setFormat] = useState<ExportFormat>('ndjson')
  const { run, start, cancel } = useExport(search, format)
  const isRunning = run.state === 'running'
  return (
    <Dialog title={words.title} onClose={onClose}>
      <div className="flex flex-col gap-4 text-row">
        <p>{total === null ? words.counting : words.lead(formatExact(total, locale))}</p>
        <div className="flex flex-col gap-1.5">
          <Choice
            label={words.format}
            choices={EXPORT_FORMATS.map((value) => ({ value, label: words.formats[value] }))}
            chosen={format}
            onChoose={(value) => !isRunning && setFormat(value)}
          />
          <p className="text-small text-ink-faint">{words.formatHelp[format]}</p>
        </div>
        {run.state === 'running' && <Progress progress={run.progress} total={total} />}
        {run.state === 'done' && <Done progress={run.progress} />}
        {run.state === 'failed' && <Notice meaning="bad">{words.failed}</Notice>}
        <DialogFoot>
          <Button onClick={isRunning ? cancel : onClose}>{isRunning ? actions.cancel : actions.close}</Button>
          <Button look="primary" data-first disabled={isRunning || total === 0} onClick={start}>
            {run.state === 'done' ? words.again : words.start}
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  )
}

/** Runs one export at a time; it ends with the dialog. */
function useExport(search: ArchiveSearch, format: ExportFormat) {
  const [run, setRun] = useState<Run>({ state: 'ready' })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  function start() {
    const own = new AbortController()
    running.current = own
    let toldAt = 0
    const tell = (progress: ExportProgress) => {
      if (performance.now() - toldAt < TOLD_EVERY_MS) return
      toldAt = performance.now()
      setRun({ state: 'running', progress })
    }
    setRun({ state: 'running', progress: { rows: 0, bytes: 0 } })
    downloadExport(search, format, tell, own.signal).then(
      (progress) => setRun({ state: 'done', progress }),
      () => setRun(own.signal.aborted ? { state: 'ready' } : { state: 'failed' }),
    )
  }

  return { run, start, cancel: () => running.current?.abort() }
}

function Progress({ progress, total }: { progress: ExportProgress; total: number | null }) {
  const { export: words } = usePageWords(messagesWords)
  const locale = useLocale()
  return (
    <div className="flex flex-col gap-1.5">
      <progress
        aria-label={words.progress}
        value={progress.rows}
        max={Math.max(1, total ?? 1, progress.rows)}
        className="h-2 w-full accent-accent"
      />
      <p className="text-small text-ink-soft tabular-nums">
        {words.running(formatExact(progress.rows, locale), formatExact(total ?? 0, locale), sizeOf(progress, locale))}
      </p>
    </div>
  )
}

function Done({ progress }: { progress: ExportProgress }) {
  const { export: words } = usePageWords(messagesWords)
  const locale = useLocale()
  return <Notice meaning="good">{words.done(formatExact(progress.rows, locale), sizeOf(progress, locale))}</Notice>
}

function sizeOf({ bytes }: ExportProgress, locale: string): string {
  const { value, unit } = formatBytes(bytes, locale)
  return `${value} ${unit}`
}
