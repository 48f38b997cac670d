import { UserPlus, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import type { UserAccount } from '../../../../shared/api.ts'
import { Blank } from '../../components/blank.tsx'
import { Button } from '../../components/button.tsx'
import { List } from '../../components/list.tsx'
import { MainAction } from '../../components/main-action.tsx'
import { PageBody } from '../../components/page-body.tsx'
import { useUsers } from '../../lib/access-queries.ts'
import { choiceFilter } from '../../lib/choice-filter.ts'
import { usePageWords, useWords } from '../../lib/language.ts'
import { openPanel } from '../../lib/router.ts'
import { useIsAdmin, useUser } from '../../lib/user.ts'
import { Invitations } from './invitations.tsx'
import { EDIT, INVITE, REMOVE } from './panel-names.ts'
import { useUserColumns } from './user-columns.tsx'
import { UserPanels } from './user-panels.tsx'
import { usersWords } from './words.ts'

/** Who may sign in, as what, and who was invited. */
export function UsersPage() {
  const { pages, roles } = useWords()
  const words = usePageWords(usersWords)
  const isAdmin = useIsAdmin()
  const users = useUsers()
  const choice = { param: 'role', label: words.columns.role, values: ['admin', 'viewer'] as const, names: roles }
  return (
    <PageBody lead={words.lead}>
      {isAdmin && (
        <MainAction>
          <InviteButton />
        </MainAction>
      )}
      <List
        label={pages.users}
        query={users}
        columns={useUserColumns()}
        rowKey={(user) => user.id}
        textOf={(user) => `${user.name ?? ''} ${user.email}`}
        filter={choiceFilter(choice, (user: UserAccount) => user.role)}
        firstOrder="name"
        RowActions={RowActions}
        empty={<NoUsers action={isAdmin && <InviteButton />} />}
      />
      <Invitations />
      <UserPanels users={users.data ?? []} />
    </PageBody>
  )
}

function InviteButton() {
  const words = usePageWords(usersWords)
  return (
    <Button look="primary" size="small" onClick={() => openPanel(INVITE)}>
      <UserPlus aria-hidden className="size-3.5" />
      {words.invite}
    </Button>
  )
}

/** What the reader may do about a user: admins anything but away with themselves, others change their own name. */
function RowActions({ row: user }: { row: UserAccount }) {
  const words = usePageWords(usersWords)
  const isAdmin = useIsAdmin()
  const isSelf = useUser().id === user.id
  const who = user.name ?? user.email
  return (
    <>
      {(isAdmin || isSelf) && (
        <Button look="ghost" size="small" aria-label={words.editNamed(who)} onClick={() => openPanel(EDIT, user.id)}>
          {words.edit}
        </Button>
      )}
      {isAdmin && !isSelf && (
        <Button
          look="ghost"
          size="small"
          data-destructive
          aria-label={words.deleteNamed(who)}
          onClick={() => openPanel(REMOVE, user.id)}
        >
          {words.delete}
        </Button>
      )}
    </>
  )
}

function NoUsers({ action }: { action: ReactNode }) {
  const words = usePageWords(usersWords)
  return (
    <Blank icon={<Users aria-hidden className="size-5" />} title={words.emptyTitle} lead={words.emptyLead}>
      {action}
    </Blank>
  )
}
