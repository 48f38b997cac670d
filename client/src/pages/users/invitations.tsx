import type { Invitation } from '../../../../shared/api.ts'
import { Button } from '../../components/button.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { RoleBadge } from '../../components/role-badge.tsx'
import { Table, type Column } from '../../components/table.tsx'
import { useInvitations } from '../../lib/access-queries.ts'
import { usePageWords } from '../../lib/language.ts'
import { openPanel } from '../../lib/router.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { WITHDRAW } from './panel-names.ts'
import { usersWords } from './words.ts'

/** Who was invited and has not come yet; nothing while nobody is waited for. */
export function Invitations() {
  const { invitations: words } = usePageWords(usersWords)
  const isAdmin = useIsAdmin()
  const open = useInvitations().data ?? []
  const columns = useInvitationColumns()
  if (open.length === 0) return null
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">{words.title}</h2>
      <div className="@container overflow-clip rounded-card border border-line bg-panel">
        <Table
          label={words.title}
          rows={open}
          columns={columns}
          rowKey={(invitation) => invitation.id}
          RowActions={isAdmin ? WithdrawButton : undefined}
        />
      </div>
    </section>
  )
}

function useInvitationColumns(): Column<Invitation>[] {
  const { columns } = usePageWords(usersWords).invitations
  return [
    {
      key: 'email',
      head: columns.email,
      wide: true,
      cell: (invitation) => <span className="break-all">{invitation.email}</span>,
    },
    { key: 'role', head: columns.role, cell: (invitation) => <RoleBadge role={invitation.role} /> },
    { key: 'created', head: columns.created, cell: (invitation) => <RelativeTime at={invitation.createdAt} none="" /> },
    { key: 'expires', head: columns.expires, cell: (invitation) => <RelativeTime at={invitation.expiresAt} none="" /> },
  ]
}

function WithdrawButton({ row: invitation }: { row: Invitation }) {
  const { invitations: words } = usePageWords(usersWords)
  return (
    <Button
      look="ghost"
      size="small"
      data-destructive
      aria-label={words.withdrawNamed(invitation.email)}
      onClick={() => openPanel(WITHDRAW, invitation.id)}
    >
      {words.withdraw}
    </Button>
  )
}
