import { Download, Pause, Play, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { MainAction } from '../../components/main-action.tsx'
import { NewRows } from '../../components/new-rows.tsx'
import { PageBody } from '../../components/page-body.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { closePanel, openPanel, setParams, useParam } from '../../lib/router.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { ClearDialog } from './clear-dialog.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { LogHead } from './log-head.tsx'
import { LogPanel } from './log-panel.tsx'
import { LogTable } from './log-table.tsx'
import { useAtTop } from './use-at-top.ts'
import { useLogs, useLogSearch } from './use-logs.ts'
import { logsWords } from './words.ts'

const OPEN = 'log'
const CLEAR = 'clear'
const EXPORT = 'export'

/** The event log: what happened, live, found again, taken along and cleared. */
export function LogsPage() {
  const { pages } = useWords()
  const words = usePageWords(logsWords)
  const box = useRef<HTMLElement>(null)
  const atTop = useAtTop(box)
  const [paused, setPaused] = useState(false)
  const openId = useParam(OPEN)
  const clearing = useParam(CLEAR) !== null
  const exporting = useParam(EXPORT) !== null
  const isAdmin = useIsAdmin()
  const logs = useLogs(useLogSearch(), paused || !atTop || openId !== null)

  function follow() {
    setPaused(false)
    if (openId !== null) closePanel(OPEN)
    box.current?.closest('main')?.scrollTo({ top: 0 })
  }

  return (
    <PageBody lead={words.lead}>
      <MainAction>
        <div className="flex gap-2">
          <Button size="small" aria-pressed={paused} onClick={() => (paused ? follow() : setPaused(true))}>
            {paused ? <Play aria-hidden className="size-3.5" /> : <Pause aria-hidden className="size-3.5" />}
            <span className="max-sm:sr-only">{paused ? words.resume : words.pause}</span>
          </Button>
          <Button size="small" onClick={() => openPanel(EXPORT)}>
            <Download aria-hidden className="size-3.5" />
            <span className="max-sm:sr-only">{words.export.action}</span>
          </Button>
          {isAdmin && (
            <Button size="small" onClick={() => openPanel(CLEAR)}>
              <Trash2 aria-hidden className="size-3.5" />
              <span className="max-sm:sr-only">{words.clear.action}</span>
            </Button>
          )}
        </div>
      </MainAction>
      <section
        ref={box}
        aria-label={pages.logs}
        className="@container relative overflow-clip rounded-card border border-line bg-panel"
      >
        <LogHead search={logs.search} types={logs.types} count={logs.count} />
        <div className="pointer-events-none sticky top-10 z-2 flex h-0 justify-center overflow-visible">
          <NewRows count={logs.waiting} onShow={follow} />
        </div>
        <LogTable
          logs={logs}
          openId={openId}
          onOpen={(id) => (openId === null ? openPanel(OPEN, id) : setParams({ [OPEN]: id }))}
        />
      </section>
      {openId !== null && (
        <LogPanel
          id={openId}
          logs={logs.logs}
          onGo={(id) => setParams({ [OPEN]: id })}
          onClose={() => closePanel(OPEN)}
        />
      )}
      {clearing && isAdmin && <ClearDialog onCleared={logs.renew} onClose={() => closePanel(CLEAR)} />}
      {exporting && <ExportDialog search={logs.search} count={logs.count} onClose={() => closePanel(EXPORT)} />}
    </PageBody>
  )
}
