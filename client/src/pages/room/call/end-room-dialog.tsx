import { useMutation } from '@tanstack/react-query'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { usePageWords } from '../../../lib/language.ts'
import { roomWords } from '../words.ts'
import { useCall } from './call-context.ts'

/** Asks the host before everybody is sent out. */
export function EndRoomDialog({ onClose }: { onClose: () => void }) {
  const { ending } = usePageWords(roomWords)
  const { call, snapshot } = useCall()
  const action = useMutation({ mutationFn: call.host.end, onSuccess: onClose })
  return (
    <ConfirmDialog
      title={ending.title}
      submit={ending.submit}
      submitting={ending.submitting}
      action={action}
      onConfirm={() => action.mutate()}
      onClose={onClose}
    >
      <p>{ending.lead(snapshot.participants.length)}</p>
    </ConfirmDialog>
  )
}
