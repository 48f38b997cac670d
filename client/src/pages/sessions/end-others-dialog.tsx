import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { endOtherSessions } from '../../lib/access-api.ts'
import { SESSIONS } from '../../lib/access-queries.ts'
import { usePageWords } from '../../lib/language.ts'
import { tellDone } from '../../lib/toast.ts'
import { sessionsWords } from './words.ts'

interface EndOthersDialogProps {
  /** How many would be ended. */
  count: number
  onClose: () => void
}

/** Signs the reader out everywhere but here. */
export function EndOthersDialog({ count, onClose }: EndOthersDialogProps) {
  const { endingOthers: words } = usePageWords(sessionsWords)
  const queries = useQueryClient()
  const ending = useMutation({
    mutationFn: endOtherSessions,
    onSuccess: async ({ ended }) => {
      onClose()
      tellDone(words.done(ended))
      await queries.invalidateQueries({ queryKey: SESSIONS })
    },
  })
  return (
    <ConfirmDialog
      title={words.title}
      submit={words.submit}
      submitting={words.submitting}
      action={ending}
      onConfirm={() => ending.mutate()}
      onClose={onClose}
    >
      <p>{words.lead(count)}</p>
    </ConfirmDialog>
  )
}
