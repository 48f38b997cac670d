import type { UserAccount } from '../../../../shared/api.ts'
import { Badge } from '../../components/badge.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { RoleBadge } from '../../components/role-badge.tsx'
import type { Column } from '../../components/table.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { useUser } from '../../lib/user.ts'
import { usersWords } from './words.ts'

export function useUserColumns(): Column<UserAccount>[] {
  const { list } = useWords()
  const { columns, you, nameless } = usePageWords(usersWords)
  const self = useUser().id
  return [
    {
      key: 'name',
      head: columns.name,
      sortBy: (user) => user.name ?? user.email,
      cell: (user) => (
        <span className="flex min-w-0 items-center gap-2 @[60rem]:min-w-40">
          {user.name === null ? (
            <span className="text-ink-faint">{nameless}</span>
          ) : (
            <span className="font-medium wrap-anywhere">{user.name}</span>
          )}
          {user.id === self && <Badge>{you}</Badge>}
        </span>
      ),
    },
    {
      key: 'email',
      head: columns.email,
      sortBy: (user) => user.email,
      cell: (user) => <span className="break-all">{user.email}</span>,
    },
    { key: 'role', head: columns.role, sortBy: (user) => user.role, cell: (user) => <RoleBadge role={user.role} /> },
    {
      key: 'signIn',
      head: columns.lastSignIn,
      sortBy: (user) => (user.lastSignInAt === null ? null : Date.parse(user.lastSignInAt)),
      cell: (user) => <RelativeTime at={user.lastSignInAt} none={list.never} />,
    },
    {
      key: 'created',
      head: columns.created,
      sortBy: (user) => Date.parse(user.createdAt),
      cell: (user) => <RelativeTime at={user.createdAt} none={list.never} />,
    },
  ]
}
