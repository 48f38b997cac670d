import { useMutation } from '@tanstack/react-query'
import type { Person } from '../../../call/index.ts'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { usePageWords } from '../../../lib/language.ts'
import { useCall } from '../call/call-context.ts'
import { roomWords } from '../words.ts'

/** Asks the host before somebody is sent out. */
export function RemoveDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { people } = usePageWords(roomWords)
  const { call } = useCall()
  const action = useMutation({ mutationFn: () => call.host.remove(person.id), onSuccess: onClose })
  return (
    <ConfirmDialog
      title={people.removeTitle(person.displayName)}
      submit={people.remove}
      submitting={people.removing}
      action={action}
      onConfirm={() => action.mutate()}
      onClose={onClose}
    >
      <p>{people.removeLead(person.displayName)}</p>
    </ConfirmDialog>
  )
}
