import { useState, type FormEvent } from 'react'
import { Button } from '../components/button.tsx'
import { EntryPage } from '../components/entry-page.tsx'
import { Field } from '../components/field.tsx'
import { Notice } from '../components/notice.tsx'
import { PasswordInput } from '../components/password-input.tsx'
import { useWords } from '../lib/language.ts'
import { RequestError } from '../lib/problem.ts'
import { sessionEnded, useSignIn } from '../lib/session.ts'
import { tellError } from '../lib/tell-error.ts'
import { useValue } from '../lib/value.ts'
import type { Words } from '../lib/words.ts'

/** Takes e-mail and password, or uses the one-time link that brought the reader here. */
export function SignInPage({ signIn }: { signIn: ReturnType<typeof useSignIn> }) {
  const words = useWords()
  const byLink = signIn.variables !== undefined && 'code' in signIn.variables
  const ended = useValue(sessionEnded)
  return (
    <EntryPage title={words.signIn.title} lead={words.signIn.lead} foot={words.signIn.linkHelp}>
      {ended && !signIn.isError && <Notice meaning="warn">{words.account.ended}</Notice>}
      {byLink && signIn.isPending ? (
        <p role="status" className="animate-breathe text-center text-ink-soft">
          {words.signIn.linkSigningIn}
        </p>
      ) : (
        <SignInForm signIn={signIn} byLink={byLink} />
      )}
    </EntryPage>
  )
}

interface SignInFormProps {
  signIn: ReturnType<typeof useSignIn>
  byLink: boolean
}

function SignInForm({ signIn, byLink }: SignInFormProps) {
  const words = useWords()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')

  function submit(event: FormEvent) {
    event.preventDefault()
    signIn.mutate({ email: email.trim(), password })
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4 rounded-card border border-line bg-panel p-5">
      {signIn.isError && <Notice meaning="bad">{tellRefusal(signIn.error, byLink, words)}</Notice>}
      <Field label={words.signIn.email}>
        {({ control }) => (
          <input
            {...control}
            className={`${control.className} h-9`}
            // Not `email`: the first admin is admin@localhost, and other names may have no dot either.
            type="text"
            inputMode="email"
            name="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Field label={words.signIn.password}>
        {({ control }) => (
          <PasswordInput
            {...control}
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onText={setPassword}
          />
        )}
      </Field>
      <Button type="submit" look="primary" disabled={signIn.isPending} className="w-full">
        {signIn.isPending ? words.signIn.submitting : words.signIn.submit}
      </Button>
    </form>
  )
}

function tellRefusal(error: Error, byLink: boolean, words: Words): string {
  const status = error instanceof RequestError ? error.problem?.status : undefined
  if (status === 429) return words.signIn.tooMany((error as RequestError).retryAfterSeconds ?? 60)
  if (status === 401) return byLink ? words.signIn.linkWrong : words.signIn.wrong
  return tellError(error, words)
}
