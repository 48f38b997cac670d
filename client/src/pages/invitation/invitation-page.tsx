import { useQuery } from '@tanstack/react-query'
import type { DashboardUser } from '../../../../shared/api.ts'
import { Button } from '../../components/button.tsx'
import { EntryPage } from '../../components/entry-page.tsx'
import { Notice } from '../../components/notice.tsx'
import { showInvitation } from '../../lib/account-api.ts'
import { usePageWords, useWords } from '../../lib/language.ts'
import { RequestError } from '../../lib/problem.ts'
import { clearHash } from '../../lib/router.ts'
import { tellError } from '../../lib/tell-error.ts'
import { AcceptForm } from './accept-form.tsx'
import { invitationWords } from './words.ts'

interface InvitationPageProps {
  code: string
  /** Who is signed in in this browser already; null when nobody is. */
  signedInAs: DashboardUser | null
}

/** Where an invitation's link leads: a name and a password, and one is in. */
export function InvitationPage({ code, signedInAs }: InvitationPageProps) {
  const words = usePageWords(invitationWords)
  const invitation = useQuery({
    queryKey: ['invitation', code],
    queryFn: () => showInvitation(code),
    staleTime: Infinity,
  })
  if (invitation.isPending) return <EntryPage title={words.title} lead="…" />
  if (invitation.isError) return <Unusable error={invitation.error} onRetry={() => void invitation.refetch()} />
  const { email, role } = invitation.data
  return (
    <EntryPage title={words.title} lead={words.lead[role](email)}>
      {signedInAs && <Notice meaning="warn">{words.signedInAs(signedInAs.name ?? signedInAs.email)}</Notice>}
      <AcceptForm code={code} email={email} />
    </EntryPage>
  )
}

function Unusable({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const words = useWords()
  const own = usePageWords(invitationWords)
  const refused = error instanceof RequestError && error.problem !== null && error.problem.status < 500
  const limited = error instanceof RequestError && error.problem?.status === 429
  if (refused && !limited) {
    return (
      <EntryPage title={own.wrong} lead={own.wrongLead}>
        <Button look="primary" className="mx-auto" onClick={clearHash}>
          {own.toSignIn}
        </Button>
      </EntryPage>
    )
  }
  const again = (
    <Button size="small" onClick={onRetry}>
      {words.actions.retry}
    </Button>
  )
  return (
    <EntryPage title={own.title} lead="">
      <Notice meaning="bad" action={again}>
        {tellError(error, words)}
      </Notice>
    </EntryPage>
  )
}
