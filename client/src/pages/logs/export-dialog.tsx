import { useState } from 'react'
import { EXPORT_FORMATS, type ExportFormat } from '../../../../shared/message-search.ts'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { Dialog, DialogFoot } from '../../components/dialog.tsx'
import { formatExact } from '../../lib/format.ts'
import { useLocale, usePageWords, useWords } from '../../lib/language.ts'
import { logQuery, type LogSearch } from '../../lib/logs-api.ts'
import { tellDone } from '../../lib/toast.ts'
import { logsWords } from './words.ts'
import { withBase } from '../../lib/base.ts'

interface ExportDialogProps {
  search: LogSearch
  count: number | null
  onClose: () => void
}

/** Takes away what is found, however much: the browser saves what the server writes. */
export function ExportDialog({ search, count, onClose }: ExportDialogProps) {
  const { export: words } = usePageWords(logsWords)
  const { actions } = useWords()
  const locale = useLocale()
  const [format, setFormat] = useState<ExportFormat>('ndjson')

  function start() {
    const query = logQuery(search)
    query.set('format', format)
    const link = document.createElement('a')
    link.href = withBase(`/api/logs/export?${query.toString()}`)
    link.download = ''
    link.click()
    tellDone(words.started)
    onClose()
  }

  return (
    <Dialog title={words.title} onClose={onClose}>
      <div className="flex flex-col gap-4 text-row">
        <p>{count === null ? words.counting : words.lead(count, formatExact(count, locale))}</p>
        <div className="flex flex-col gap-1.5">
          <Choice
            label={words.format}
            choices={EXPORT_FORMATS.map((value) => ({ value, label: words.formats[value] }))}
            chosen={format}
            onChoose={setFormat}
          />
          <p className="text-small text-ink-faint">{words.formatHelp[format]}</p>
        </div>
        <DialogFoot>
          <Button onClick={onClose}>{actions.cancel}</Button>
          <Button look="primary" data-first disabled={count === 0} onClick={start}>
            {words.start}
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  )
}
