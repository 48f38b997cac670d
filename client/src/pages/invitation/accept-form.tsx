import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { NewPasswordField } from '../../components/new-password-field.tsx'
import { Notice } from '../../components/notice.tsx'
import { acceptInvitation } from '../../lib/account-api.ts'
import { usePageWords, useWords } from '../../lib/language.ts'
import { passwordFault } from '../../lib/password.ts'
import { isFaultAt } from '../../lib/problem.ts'
import { clearHash } from '../../lib/router.ts'
import { begin } from '../../lib/session.ts'
import { tellError } from '../../lib/tell-error.ts'
import { invitationWords } from './words.ts'

/** Takes name and password of whoever was invited, and lets them in. */
export function AcceptForm({ code, email }: { code: string; email: string }) {
  const words = useWords()
  const own = usePageWords(invitationWords)
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const accepting = useMutation({
    mutationFn: acceptInvitation,
    onSuccess: async (user) => {
      await begin(queries, user)
      clearHash()
    },
  })
  const ready = passwordFault(password, words.password) === undefined && !accepting.isPending
  const refused = isFaultAt(accepting.error, 'password')

  function submit(event: FormEvent) {
    event.preventDefault()
    if (ready) accepting.mutate({ code, password, ...(name.trim() !== '' && { name: name.trim() }) })
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4 rounded-card border border-line bg-panel p-5">
      {accepting.isError && !refused && <Notice meaning="bad">{tellError(accepting.error, words)}</Notice>}
      {/* For password managers, which file the password under it. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field label={own.name} help={own.nameHelp}>
        {({ control }) => (
          <input
            {...control}
            className={`${control.className} h-9`}
            value={name}
            onChange={(event) => setName(event.target.value)}
            autoComplete="name"
            autoFocus
            maxLength={200}
          />
        )}
      </Field>
      <NewPasswordField
        password={password}
        refused={refused}
        onText={(text) => {
          setPassword(text)
          accepting.reset()
        }}
      />
      <Button type="submit" look="primary" disabled={!ready} className="w-full">
        {accepting.isPending ? own.submitting : own.submit}
      </Button>
    </form>
  )
}
