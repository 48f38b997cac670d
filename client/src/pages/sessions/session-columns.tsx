import type { SessionInfo } from '../../../../shared/api.ts'
import { Badge } from '../../components/badge.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import type { Column } from '../../components/table.tsx'
import { usePageWords } from '../../lib/language.ts'
import { useDeviceName } from './use-device-name.ts'
import { sessionsWords } from './words.ts'

/** The columns of the sessions; whose they are is said where they may be anybody's. */
export function useSessionColumns(ofEverybody: boolean): Column<SessionInfo>[] {
  const { columns, current, unknownAddress } = usePageWords(sessionsWords)
  const deviceName = useDeviceName()
  const user: Column<SessionInfo> = {
    key: 'user',
    head: columns.user,
    sortBy: ({ user }) => user.name ?? user.email,
    cell: ({ user }) => (
      <span className="break-words" title={user.email}>
        {user.name ?? user.email}
      </span>
    ),
  }
  return [
    {
      key: 'device',
      head: columns.device,
      wide: true,
      sortBy: (session) => deviceName(session.userAgent),
      cell: (session) => (
        <span className="flex min-w-0 items-center gap-2">
          <span className="min-w-0 font-medium break-words" title={session.userAgent ?? undefined}>
            {deviceName(session.userAgent)}
          </span>
          {session.current && <Badge meaning="good">{current}</Badge>}
        </span>
      ),
    },
    ...(ofEverybody ? [user] : []),
    {
      key: 'address',
      head: columns.address,
      sortBy: (session) => session.ip,
      cell: (session) => (
        <span className="font-mono text-small break-all @[60rem]:whitespace-nowrap">
          {session.ip ?? unknownAddress}
        </span>
      ),
    },
    {
      key: 'created',
      head: columns.created,
      sortBy: (session) => Date.parse(session.createdAt),
      cell: (session) => <RelativeTime at={session.createdAt} none="" />,
    },
    {
      key: 'seen',
      head: columns.lastSeen,
      sortBy: (session) => Date.parse(session.lastSeenAt),
      cell: (session) => <RelativeTime at={session.lastSeenAt} none="" />,
    },
    {
      key: 'expires',
      head: columns.expires,
      sortBy: (session) => Date.parse(session.expiresAt),
      cell: (session) => <RelativeTime at={session.expiresAt} none="" />,
    },
  ]
}
