import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Invitation } from '../../../../shared/api.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { withdrawInvitation } from '../../lib/access-api.ts'
import { INVITATIONS } from '../../lib/access-queries.ts'
import { usePageWords } from '../../lib/language.ts'
import { tellDone } from '../../lib/toast.ts'
import { usersWords } from './words.ts'

interface WithdrawDialogProps {
  invitation: Invitation
  onClose: () => void
}

/** Withdraws an invitation that has not been accepted. */
export function WithdrawDialog({ invitation, onClose }: WithdrawDialogProps) {
  const { withdrawing: words } = usePageWords(usersWords)
  const queries = useQueryClient()
  const withdrawing = useMutation({
    mutationFn: withdrawInvitation,
    onSuccess: async () => {
      onClose()
      tellDone(words.done)
      await queries.invalidateQueries({ queryKey: INVITATIONS })
    },
  })
  return (
    <ConfirmDialog
      title={words.title}
      submit={words.submit}
      submitting={words.submitting}
      action={withdrawing}
      onConfirm={() => withdrawing.mutate(invitation.id)}
      onClose={onClose}
    >
      <p className="break-words">{words.lead(invitation.email)}</p>
    </ConfirmDialog>
  )
}
