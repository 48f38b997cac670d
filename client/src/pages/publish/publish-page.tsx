import { useMutation, useQuery } from '@tanstack/react-query'
import { Eye } from 'lucide-react'
import { useState } from 'react'
import type { Template } from '../../../../shared/templates.ts'
import { PageBody } from '../../components/page-body.tsx'
import { fetchMessage } from '../../lib/archive.ts'
import { usePageWords } from '../../lib/language.ts'
import { useParam } from '../../lib/router.ts'
import { useNow } from '../../lib/use-now.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { Audience } from './audience.tsx'
import { checkPublish, type PublishDraft } from './check-publish.ts'
import { CodePanel } from './code-panel.tsx'
import { draftOfMessage, draftOfTemplate, FIRST_DRAFT } from './drafts.ts'
import { MessageEditor } from './message-editor.tsx'
import { type Outcome, Outcomes } from './outcomes.tsx'
import { publish, type PublishRequest } from './publish-api.ts'
import { Scheduled } from './scheduled.tsx'
import { Templates } from './templates.tsx'
import { publishWords } from './words.ts'

const RECHECKED_EVERY_MS = 10_000
const KEPT_OUTCOMES = 20

/** Writes a message: to whom it goes, what became of it, and the same as code. */
export function PublishPage() {
  const words = usePageWords(publishWords)
  const isAdmin = useIsAdmin()
  const [draft, setDraft] = useState<PublishDraft>(FIRST_DRAFT)
  const [template, setTemplate] = useState<Template | null>(null)
  const checked = checkPublish(draft, useNow(RECHECKED_EVERY_MS))
  const { outcomes, send, isSending } = useSending()
  useMessageFromAddress(setDraft)
  const channel = draft.channel.trim()

  function submit() {
    if (!checked.isReady || checked.message === null || isSending || !isAdmin) return
    send({ channel, message: checked.message, ephemeral: draft.ephemeral, deliverAt: checked.deliverAt })
  }

  function load(next: Template) {
    setTemplate(next)
    setDraft({ ...draftOfTemplate(next), deliverAt: draft.deliverAt })
  }

  return (
    <PageBody lead={words.lead}>
      {!isAdmin && (
        <p className="flex items-start gap-2 rounded-card border border-line bg-panel p-4 text-row text-ink-soft">
          <Eye aria-hidden className="mt-0.5 size-4 shrink-0" />
          {words.viewer}
        </p>
      )}
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <MessageEditor
            draft={draft}
            checked={checked}
            isSending={isSending}
            maySend={isAdmin}
            onChange={(part) => setDraft({ ...draft, ...part })}
            onSubmit={submit}
          />
          <CodePanel
            request={
              checked.message && {
                channel,
                message: checked.message,
                ephemeral: draft.ephemeral,
                deliverAt: checked.deliverAt,
              }
            }
          />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Audience channel={checked.channel === 'ok' ? channel : null} isLater={draft.deliverAt !== null} />
          <Outcomes outcomes={outcomes} />
          <Templates draft={draft} isValid={checked.message !== null} loaded={template} onLoad={load} />
          <Scheduled />
        </div>
      </div>
    </PageBody>
  )
}

/** Takes over the message that the address names, to be changed and published. */
function useMessageFromAddress(onDraft: (draft: PublishDraft) => void) {
  const id = useParam('from')
  const [taken, setTaken] = useState<string | null>(null)
  const message = useQuery({
    queryKey: ['message', id],
    queryFn: () => fetchMessage(id ?? ''),
    enabled: id !== null && taken !== id,
  })
  if (id === null || taken === id || message.data === undefined) return
  setTaken(id)
  onDraft(draftOfMessage(message.data))
}

/** Publishes, and keeps what became of it, newest first. */
function useSending() {
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([])
  const keep = (outcome: Outcome) => setOutcomes((old) => [outcome, ...old].slice(0, KEPT_OUTCOMES))
  const sending = useMutation({
    mutationFn: async (request: PublishRequest) => {
      const beganMs = performance.now()
      return { receipt: await publish(request), tookMs: performance.now() - beganMs }
    },
    onSuccess: ({ receipt, tookMs }) => keep({ key: Date.now(), kind: 'done', receipt, tookMs }),
    onError: (error, { channel }) => keep({ key: Date.now(), kind: 'failed', channel, error }),
  })
  return { outcomes, send: sending.mutate, isSending: sending.isPending }
}
