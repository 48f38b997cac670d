import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { UserAccount } from '../../../../shared/api.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { deleteUser } from '../../lib/access-api.ts'
import { SESSIONS, USERS } from '../../lib/access-queries.ts'
import { usePageWords } from '../../lib/language.ts'
import { tellDone } from '../../lib/toast.ts'
import { usersWords } from './words.ts'

interface DeleteUserDialogProps {
  user: UserAccount
  onClose: () => void
}

/** Says what a user loses, then deletes them. */
export function DeleteUserDialog({ user, onClose }: DeleteUserDialogProps) {
  const { deleting: words } = usePageWords(usersWords)
  const queries = useQueryClient()
  const who = user.name === null ? user.email : `${user.name} (${user.email})`
  const deleting = useMutation({
    mutationFn: deleteUser,
    onSuccess: async () => {
      onClose()
      tellDone(words.done(who))
      await queries.invalidateQueries({ queryKey: SESSIONS })
      await queries.invalidateQueries({ queryKey: USERS })
    },
  })
  return (
    <ConfirmDialog
      title={words.title}
      submit={words.submit}
      submitting={words.submitting}
      action={deleting}
      onConfirm={() => deleting.mutate(user.id)}
      onClose={onClose}
    >
      <p className="break-words">{words.lead(who)}</p>
      <ul className="flex list-disc flex-col gap-1 pl-5 text-ink-soft">
        {words.effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
    </ConfirmDialog>
  )
}
