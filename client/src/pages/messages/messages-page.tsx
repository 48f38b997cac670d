import { Download, Hash } from 'lucide-react'
import type { Message } from '../../../../shared/protocol.ts'
import { Button } from '../../components/button.tsx'
import { MainAction } from '../../components/main-action.tsx'
import { MessageActions } from '../../components/message-actions.tsx'
import { MessageArchive } from '../../components/message-archive.tsx'
import { PageBody } from '../../components/page-body.tsx'
import type { ArchiveSearch } from '../../lib/archive.ts'
import { usePageWords, useWords } from '../../lib/language.ts'
import { closePanel, navigate, openPanel, setParams, useParam } from '../../lib/router.ts'
import { useArchive } from '../../lib/use-archive.ts'
import { ArchiveHead } from './archive-head.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { messagesWords } from './words.ts'

const EXPORT = 'export'
const PARAMS = ['q', 'channel', 'type', 'from', 'since', 'until'] as const

/** The archive: searched by text, fields and time, looked at, published again and exported. */
export function MessagesPage() {
  const { pages } = useWords()
  const words = usePageWords(messagesWords)
  const search = useArchiveSearch()
  const archive = useArchive(search)
  const exporting = useParam(EXPORT) !== null
  return (
    <PageBody lead={words.lead}>
      <MainAction>
        <Button size="small" onClick={() => openPanel(EXPORT)}>
          <Download aria-hidden className="size-3.5" />
          <span className="max-sm:sr-only">{words.export.action}</span>
        </Button>
      </MainAction>
      <MessageArchive
        label={pages.messages}
        archive={archive}
        withChannel
        head={<ArchiveHead search={search} total={archive.total} />}
        isNarrowed={Object.values(search).some((value) => value !== '')}
        onShowAll={() => setParams(Object.fromEntries(PARAMS.map((name) => [name, null])))}
        Actions={Actions}
      />
      {exporting && <ExportDialog search={search} total={archive.total} onClose={() => closePanel(EXPORT)} />}
    </PageBody>
  )
}

function useArchiveSearch(): ArchiveSearch {
  const typed = useParam('q') ?? ''
  const channel = useParam('channel') ?? ''
  const type = useParam('type') ?? ''
  const from = useParam('from') ?? ''
  const since = useParam('since') ?? ''
  const until = useParam('until') ?? ''
  return { typed, channel, type, from, since, until }
}

function Actions({ message }: { message: Message }) {
  const words = usePageWords(messagesWords)
  return (
    <div className="flex flex-wrap gap-2">
      <MessageActions message={message} />
      <Button size="small" onClick={() => navigate(`/channels?channel=${encodeURIComponent(message.channel)}`)}>
        <Hash aria-hidden className="size-3.5" />
        {words.openChannel}
      </Button>
    </div>
  )
}
