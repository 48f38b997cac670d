import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog, DialogFoot } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { Secret } from '../../components/secret.tsx'
import { inviteUser, type MadeInvitation, type NewInvitation } from '../../lib/access-api.ts'
import { INVITATIONS } from '../../lib/access-queries.ts'
import { usePageWords, useWords } from '../../lib/language.ts'
import { tellError } from '../../lib/tell-error.ts'
import { RoleField } from './role-field.tsx'
import { usersWords } from './words.ts'

/** An address that the server takes looks at least like this. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/

/** Asks whom to invite as what, then shows the link once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const words = useWords()
  const { inviting: form } = usePageWords(usersWords)
  const queries = useQueryClient()
  const [draft, setDraft] = useState<NewInvitation>({ email: '', role: 'viewer' })
  const inviting = useMutation({
    mutationFn: inviteUser,
    // The link is kept here, and nowhere else, for as long as the dialog stands.
    gcTime: 0,
    onSuccess: () => void queries.invalidateQueries({ queryKey: INVITATIONS }),
  })
  const email = draft.email.trim()
  const isEmail = EMAIL.test(email)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (isEmail && !inviting.isPending) inviting.mutate({ ...draft, email })
  }

  if (inviting.isSuccess) return <InvitedDialog made={inviting.data} onClose={onClose} />
  return (
    <Dialog title={form.title} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={form.email} help={form.emailHelp} fault={email === '' || isEmail ? undefined : form.badEmail}>
          {({ control }) => (
            <input
              {...control}
              className={`${control.className} h-9`}
              data-first
              type="text"
              inputMode="email"
              value={draft.email}
              onChange={(event) => setDraft({ ...draft, email: event.target.value })}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
        <RoleField label={form.role} role={draft.role} onChoose={(role) => setDraft({ ...draft, role })} />
        {inviting.isError && <Notice meaning="bad">{tellError(inviting.error, words)}</Notice>}
        <DialogFoot>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button type="submit" look="primary" disabled={!isEmail || inviting.isPending}>
            {inviting.isPending ? form.submitting : form.submit}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

function InvitedDialog({ made, onClose }: { made: MadeInvitation; onClose: () => void }) {
  const { invited: words } = usePageWords(usersWords)
  return (
    <Dialog title={words.title} stays onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Notice meaning="warn">{words.lead(made.invitation.email)}</Notice>
        <Secret label={words.link} text={made.url} />
        <DialogFoot>
          <Button look="primary" onClick={onClose}>
            {words.done}
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  )
}
