import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { LogRecord } from '../../../../shared/api.ts'
import type { ScheduledMessage } from '../../../../shared/scheduled.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { formatMoment } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { useFollow } from '../../lib/live.ts'
import { tellDone } from '../../lib/toast.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { Card } from './card.tsx'
import { cancelScheduled, fetchScheduled, SCHEDULED } from './publish-api.ts'
import { publishWords } from './words.ts'

/** After its time a message needs a moment to be gone from the list. */
const SETTLE_MS = 1500
/** The longest that a timer can wait. */
const MAX_WAIT_MS = 2_147_483_647

/** Messages that wait for their time, the next one first. */
export function Scheduled() {
  const { scheduled: words } = usePageWords(publishWords)
  const isAdmin = useIsAdmin()
  const locale = useLocale()
  const scheduled = useScheduled()
  const [cancelling, setCancelling] = useState<ScheduledMessage | null>(null)
  return (
    <Card title={words.title}>
      {scheduled.isError && <p className="text-bad-text">{words.failed}</p>}
      {scheduled.data?.length === 0 && <p className="text-ink-faint">{words.empty}</p>}
      <ol className="flex max-h-80 flex-col gap-2 overflow-y-auto empty:hidden">
        {scheduled.data?.map((message) => (
          <li key={message.scheduledId} className="flex items-start gap-2">
            <div className="min-w-0 flex-1">
              <p className="truncate">
                <span className="font-medium">{message.type}</span>{' '}
                <span className="font-mono text-small text-accent-text">{message.channel}</span>
              </p>
              <p className="text-small text-ink-soft" title={words.by(message.scheduledBy)}>
                <time dateTime={message.deliverAt}>{formatMoment(message.deliverAt, locale)}</time>
              </p>
            </div>
            {isAdmin && (
              <button
                type="button"
                aria-label={words.cancel(message.channel)}
                title={words.cancel(message.channel)}
                onClick={() => setCancelling(message)}
                className="flex size-8 shrink-0 items-center justify-center rounded-control text-ink-faint transition-colors hover:bg-hover hover:text-bad-text"
              >
                <X aria-hidden className="size-4" />
              </button>
            )}
          </li>
        ))}
      </ol>
      {cancelling && <CancelDialog message={cancelling} onClose={() => setCancelling(null)} />}
    </Card>
  )
}

/** Read anew when somebody schedules or cancels, and when the next one's time has come. */
function useScheduled() {
  const queries = useQueryClient()
  const scheduled = useQuery({ queryKey: SCHEDULED, queryFn: fetchScheduled, staleTime: 0 })
  const nextAt = scheduled.data?.[0]?.deliverAt

  useFollow('admin/logs', (message) => {
    const { log } = message as unknown as { log?: LogRecord }
    if (log?.type.startsWith('schedule')) void queries.invalidateQueries({ queryKey: SCHEDULED })
  })
  useEffect(() => {
    if (nextAt === undefined) return
    const waitMs = Math.min(MAX_WAIT_MS, Math.max(0, Date.parse(nextAt) - Date.now()) + SETTLE_MS)
    const timer = setTimeout(() => void queries.invalidateQueries({ queryKey: SCHEDULED }), waitMs)
    return () => clearTimeout(timer)
    // A message that is still there after its time is asked for again.
  }, [nextAt, queries, scheduled.dataUpdatedAt])

  return scheduled
}

function CancelDialog({ message, onClose }: { message: ScheduledMessage; onClose: () => void }) {
  const { scheduled: words } = usePageWords(publishWords)
  const locale = useLocale()
  const queries = useQueryClient()
  const cancelling = useMutation({
    mutationFn: () => cancelScheduled(message.scheduledId),
    onSuccess: async () => {
      onClose()
      tellDone(words.cancelled)
      await queries.invalidateQueries({ queryKey: SCHEDULED })
    },
  })
  return (
    <ConfirmDialog
      title={words.cancelTitle}
      submit={words.cancelSubmit}
      submitting={words.cancelling}
      action={cancelling}
      onConfirm={() => cancelling.mutate()}
      onClose={onClose}
    >
      <p className="break-words">{words.cancelLead(message.channel, formatMoment(message.deliverAt, locale))}</p>
    </ConfirmDialog>
  )
}
