import { useState, type FormEvent } from 'react'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Logo } from '../components/logo.tsx'
import { Notice } from '../components/notice.tsx'
import { Preferences } from '../components/preferences.tsx'
import { useWords } from '../lib/language.ts'
import { RequestError } from '../lib/problem.ts'
import { useSignIn } from '../lib/session.ts'
import { tellError } from '../lib/tell-error.ts'
import type { Words } from '../lib/words.ts'

/** Takes e-mail and password, or uses the one-time link that brought the reader here. */
export function SignInPage({ signIn }: { signIn: ReturnType<typeof useSignIn> }) {
  const words = useWords()
  const byLink = signIn.variables !== undefined && 'code' in signIn.variables
  return (
    <div className="flex min-h-full flex-col">
      <div className="flex justify-end gap-0.5 p-3">
        <Preferences />
      </div>
      <main className="mx-auto flex w-full max-w-90 flex-1 flex-col justify-center gap-6 px-4 pb-24">
        <div className="flex flex-col items-center gap-3 text-center">
          <Logo className="size-10" />
          <div>
            <h1 className="text-figure font-semibold tracking-tight">{words.signIn.title}</h1>
            <p className="text-balance text-ink-soft">{words.signIn.lead}</p>
          </div>
        </div>
        {byLink && signIn.isPending ? (
          <p role="status" className="animate-breathe text-center text-ink-soft">
            {words.signIn.linkSigningIn}
          </p>
        ) : (
          <SignInForm signIn={signIn} byLink={byLink} />
        )}
        <p className="text-center text-row text-balance text-ink-faint">{words.signIn.linkHelp}</p>
      </main>
    </div>
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
          <input
            {...control}
            className={`${control.className} h-9`}
            type="password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
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
