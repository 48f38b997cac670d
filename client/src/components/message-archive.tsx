import { useQuery } from '@tanstack/react-query'
import { Archive, Lock } from 'lucide-react'
import type { ComponentType, ReactNode } from 'react'
import type { Message } from '../../../shared/protocol.ts'
import { fetchMessage } from '../lib/archive.ts'
import { useWords } from '../lib/language.ts'
import { RequestError } from '../lib/problem.ts'
import { closePanel, openPanel, setParams, useParam } from '../lib/router.ts'
import type { useArchive } from '../lib/use-archive.ts'
import { Blank } from './blank.tsx'
import { Button } from './button.tsx'
import { useMessageColumns } from './message-columns.tsx'
import { MessagePanel } from './message-panel.tsx'
import { NewRows } from './new-rows.tsx'
import { NoMatch } from './no-match.tsx'
import { Notice } from './notice.tsx'
import { ReadOn } from './read-on.tsx'
import { RowSkeletons } from './row-skeletons.tsx'
import { Table } from './table.tsx'

const OPEN = 'message'

interface MessageArchiveProps {
  label: string
  archive: ReturnType<typeof useArchive>
  /** Whether the channel has a column of its own. */
  withChannel: boolean
  /** Above the rows. */
  head?: ReactNode
  /** Whether the search asks for less than all. */
  isNarrowed: boolean
  onShowAll: () => void
  /** What can be done with the open message. */
  Actions: ComponentType<{ message: Message }>
}

/** Stored messages, newest on top, read on as one scrolls; one of them opens at the right. */
export function MessageArchive(props: MessageArchiveProps) {
  const { label, archive, withChannel, head, isNarrowed, onShowAll, Actions } = props
  const { list } = useWords()
  const { messages, pages } = archive
  const openId = useParam(OPEN)
  const columns = useMessageColumns(withChannel)
  if (messages === undefined && pages.isError)
    return <Failed error={pages.error} onRetry={() => void pages.refetch()} />
  return (
    <section aria-label={label} className="flex flex-col gap-3">
      {pages.isError && <Notice meaning="warn">{list.stale}</Notice>}
      <div className="@container relative overflow-clip rounded-card border border-line bg-panel">
        {head}
        {messages === undefined && <RowSkeletons />}
        {messages?.length === 0 && (isNarrowed ? <NoMatch onShowAll={onShowAll} /> : <Empty />)}
        <div className="pointer-events-none sticky top-10 z-2 flex h-0 justify-center overflow-visible">
          <NewRows count={archive.fresh} onShow={archive.renew} />
        </div>
        {messages !== undefined && messages.length > 0 && (
          <Table
            label={label}
            rows={messages}
            columns={columns}
            rowKey={idOf}
            onOpen={({ id }) => id !== undefined && open(id, openId)}
            openKey={openId}
          />
        )}
        <ReadOn pages={pages} />
      </div>
      {openId !== null && <Opened id={openId} messages={messages ?? []} Actions={Actions} />}
    </section>
  )
}

const idOf = (message: Message) => message.id ?? ''

function open(id: string, openId: string | null) {
  if (openId === null) openPanel(OPEN, id)
  else setParams({ [OPEN]: id })
}

interface OpenedProps {
  id: string
  messages: readonly Message[]
  Actions: ComponentType<{ message: Message }>
}

/** The message that the address names, be it read already or not. */
function Opened({ id, messages, Actions }: OpenedProps) {
  const index = messages.findIndex((message) => message.id === id)
  const listed = messages[index]
  const fetched = useQuery({
    queryKey: ['message', id],
    queryFn: () => fetchMessage(id),
    enabled: listed === undefined,
  })
  const message = listed ?? fetched.data
  if (message === undefined) return null
  const neighbour = (step: number) => {
    const other = index < 0 ? undefined : messages[index + step]?.id
    return other === undefined ? null : () => setParams({ [OPEN]: other })
  }
  return (
    <MessagePanel message={message} onClose={() => closePanel(OPEN)} onNewer={neighbour(-1)} onOlder={neighbour(1)}>
      <Actions message={message} />
    </MessagePanel>
  )
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { list, actions } = useWords()
  const problem = error instanceof RequestError ? error.problem : null
  if (problem?.status === 403) {
    return <Blank icon={<Lock aria-hidden className="size-5" />} title={list.notAllowed} lead={list.notAllowedLead} />
  }
  return (
    <Notice
      meaning="bad"
      action={
        <Button size="small" onClick={onRetry}>
          {actions.retry}
        </Button>
      }
    >
      {/* What is wrong with the search is said best by who understood it. */}
      {problem?.status === 400 ? problem.detail : list.failed}
    </Notice>
  )
}

function Empty() {
  const { archive } = useWords()
  return <Blank icon={<Archive aria-hidden className="size-5" />} title={archive.emptyTitle} lead={archive.emptyLead} />
}
