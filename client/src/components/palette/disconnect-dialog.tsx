import { useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '../../lib/api.ts'
import { usePageWords } from '../../lib/language.ts'
import { tellDone } from '../../lib/toast.ts'
import { ConfirmDialog } from '../confirm-dialog.tsx'
import type { Disconnection } from './overlay.ts'
import { paletteWords } from './words.ts'

/** Asks before one client is disconnected. */
export function DisconnectDialog({ connection, onClose }: { connection: Disconnection; onClose: () => void }) {
  const { disconnecting: words } = usePageWords(paletteWords)
  const queries = useQueryClient()
  const action = useMutation({
    mutationFn: () => request<void>(`/api/connections/${encodeURIComponent(connection.id)}`, undefined, 'DELETE'),
    onSuccess: () => {
      tellDone(words.done(connection.who))
      void queries.invalidateQueries({ queryKey: ['connections'] })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      title={words.title}
      submit={words.submit}
      submitting={words.submitting}
      action={action}
      onConfirm={() => action.mutate()}
      onClose={onClose}
    >
      <p className="break-words">{words.lead(connection.who)}</p>
      <p className="text-ink-soft">{words.effect}</p>
    </ConfirmDialog>
  )
}
