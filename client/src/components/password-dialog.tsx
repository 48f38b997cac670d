import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { changePassword } from '../lib/account-api.ts'
import { useWords } from '../lib/language.ts'
import { passwordFault } from '../lib/password.ts'
import { isFaultAt } from '../lib/problem.ts'
import { tellError } from '../lib/tell-error.ts'
import { tellDone } from '../lib/toast.ts'
import { useUser } from '../lib/user.ts'
import { Button } from './button.tsx'
import { Dialog, DialogFoot } from './dialog.tsx'
import { Field } from './field.tsx'
import { NewPasswordField } from './new-password-field.tsx'
import { Notice } from './notice.tsx'
import { PasswordInput } from './password-input.tsx'

/** Changes the reader's own password. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const words = useWords()
  const { email } = useUser()
  const [oldPassword, setOld] = useState('')
  const [newPassword, setNew] = useState('')
  const fault = passwordFault(newPassword, words.password)
  const changing = useMutation({
    mutationFn: changePassword,
    onSuccess: () => {
      tellDone(words.password.changed)
      onClose()
    },
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    if (fault === undefined) changing.mutate({ ...(oldPassword !== '' && { oldPassword }), newPassword })
  }

  const wrongOld = isFaultAt(changing.error, 'oldPassword')
  const common = isFaultAt(changing.error, 'newPassword')
  return (
    <Dialog title={words.password.title} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {/* For password managers, which file the new password under it. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <Field
          label={words.password.old}
          help={words.password.oldHelp}
          fault={wrongOld ? words.password.wrongOld : undefined}
        >
          {({ control }) => (
            <PasswordInput
              {...control}
              data-first
              value={oldPassword}
              onText={(text) => {
                setOld(text)
                changing.reset()
              }}
              autoComplete="current-password"
            />
          )}
        </Field>
        <NewPasswordField
          password={newPassword}
          refused={common}
          onText={(text) => {
            setNew(text)
            changing.reset()
          }}
        />
        {changing.isError && !wrongOld && !common && <Notice meaning="bad">{tellError(changing.error, words)}</Notice>}
        <p className="text-row text-ink-soft">{words.password.note}</p>
        <DialogFoot>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button type="submit" look="primary" disabled={fault !== undefined || changing.isPending}>
            {changing.isPending ? words.actions.saving : words.password.submit}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
