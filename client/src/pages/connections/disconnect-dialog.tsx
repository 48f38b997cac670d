import { useMutation } from '@tanstack/react-query'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { formatExact } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { tellDone } from '../../lib/toast.ts'
import { disconnect } from '../../lib/traffic-api.ts'
import { connectionsWords } from './words.ts'

interface DisconnectDialogProps {
  ids: readonly string[]
  onClose: () => void
  onDone?: () => void
}

/** Says how many clients are sent away, then sends them. */
export function DisconnectDialog({ ids, onClose, onDone }: DisconnectDialogProps) {
  const { disconnecting: words } = usePageWords(connectionsWords)
  const locale = useLocale()
  const exact = formatExact(ids.length, locale)
  const disconnecting = useMutation({
    mutationFn: () => disconnect(ids),
    onSuccess: (count) => {
      onClose()
      onDone?.()
      tellDone(words.done(count, formatExact(count, locale)))
    },
  })
  return (
    <ConfirmDialog
      title={words.title(ids.length, exact)}
      submit={words.submit}
      submitting={words.submitting}
      action={disconnecting}
      onConfirm={() => disconnecting.mutate()}
      onClose={onClose}
    >
      <p>{words.lead(ids.length, exact)}</p>
      <p className="text-ink-soft">{words.effect}</p>
    </ConfirmDialog>
  )
}
