import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { UserAccount } from '../../../../shared/api.ts'
import { Button } from '../../components/button.tsx'
import { Dialog, DialogFoot } from '../../components/dialog.tsx'
import { NameField } from '../../components/name-field.tsx'
import { Notice } from '../../components/notice.tsx'
import { changeUser } from '../../lib/access-api.ts'
import { USERS } from '../../lib/access-queries.ts'
import { usePageWords, useWords } from '../../lib/language.ts'
import { SESSION_KEY } from '../../lib/session.ts'
import { tellError } from '../../lib/tell-error.ts'
import { tellDone } from '../../lib/toast.ts'
import { useIsAdmin, useUser } from '../../lib/user.ts'
import { RoleField } from './role-field.tsx'
import { usersWords } from './words.ts'

interface EditUserDialogProps {
  user: UserAccount
  /** Whether there would be no admin left without this one. */
  roleIsFixed: boolean
  onClose: () => void
}

/** Changes a user's name and, for admins, their role. */
export function EditUserDialog({ user, roleIsFixed, onClose }: EditUserDialogProps) {
  const words = useWords()
  const { editing: form } = usePageWords(usersWords)
  const isAdmin = useIsAdmin()
  const saving = useSaving(user, onClose)
  const [name, setName] = useState(user.name ?? '')
  const [role, setRole] = useState(user.role)
  const change = {
    ...(name.trim() !== (user.name ?? '') && { name: name.trim() || null }),
    ...(role !== user.role && { role }),
  }
  const changed = Object.keys(change).length > 0

  function submit(event: FormEvent) {
    event.preventDefault()
    if (changed && !saving.isPending) saving.mutate({ id: user.id, ...change })
  }

  return (
    <Dialog title={form.title(user.email)} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <NameField label={form.name} help={form.nameHelp} value={name} maxLength={200} onChange={setName} />
        {isAdmin && (
          <RoleField
            label={form.role}
            role={role}
            fixed={roleIsFixed ? form.lastAdmin : undefined}
            onChoose={setRole}
          />
        )}
        {saving.isError && <Notice meaning="bad">{tellError(saving.error, words)}</Notice>}
        <DialogFoot>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button type="submit" look="primary" disabled={!changed || saving.isPending}>
            {saving.isPending ? words.actions.saving : words.actions.save}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

function useSaving(user: UserAccount, onClose: () => void) {
  const { editing } = usePageWords(usersWords)
  const queries = useQueryClient()
  const self = useUser().id
  return useMutation({
    mutationFn: changeUser,
    onSuccess: async ({ name, email }) => {
      onClose()
      tellDone(editing.done(name ?? email))
      // Whoever changes their own role sees the dashboard as that role does.
      if (user.id === self) await queries.invalidateQueries({ queryKey: SESSION_KEY })
      await queries.invalidateQueries({ queryKey: USERS })
    },
  })
}
