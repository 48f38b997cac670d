import { Lock } from 'lucide-react'
import type { RoomDetail } from '../../../../shared/video.ts'
import { Badge } from '../../components/badge.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import type { Column } from '../../components/table.tsx'
import { formatExact } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { videoRoomsWords } from './words.ts'

const NAMED = 3

/** The columns of the rooms. */
export function useRoomColumns(): Column<RoomDetail>[] {
  const words = usePageWords(videoRoomsWords)
  const locale = useLocale()
  const { columns } = words
  return [
    { key: 'name', head: columns.name, sortBy: ({ name }) => name, cell: (room) => <Name room={room} /> },
    { key: 'people', head: columns.people, wide: true, cell: (room) => <People room={room} /> },
    {
      key: 'size',
      head: columns.size,
      right: true,
      sortBy: ({ participants }) => participants.length,
      cell: ({ participants, maxParticipants }) => (
        <span className="whitespace-nowrap tabular-nums">
          {formatExact(participants.length, locale)} / {formatExact(maxParticipants, locale)}
        </span>
      ),
    },
    {
      key: 'host',
      head: columns.host,
      sortBy: (room) => hostOf(room) ?? '',
      cell: (room) => hostOf(room) ?? <span className="whitespace-nowrap text-ink-faint">{words.noHost}</span>,
    },
    {
      key: 'opened',
      head: columns.opened,
      sortBy: ({ createdAt }) => Date.parse(createdAt),
      cell: ({ createdAt }) => (
        <span className="whitespace-nowrap">
          <RelativeTime at={createdAt} none="" />
        </span>
      ),
    },
  ]
}

/** Who looks after a room now: the name of the participant, else the user who is host; null when nobody does. */
export function hostOf({ participants, hostParticipantId, hostId }: RoomDetail): string | null {
  return participants.find(({ id }) => id === hostParticipantId)?.displayName ?? hostId
}

function Name({ room }: { room: RoomDetail }) {
  const words = usePageWords(videoRoomsWords)
  return (
    <span className="flex min-w-0 flex-col @[60rem]:min-w-40">
      <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <span className="min-w-0 font-medium wrap-anywhere">{room.name}</span>
        {room.locked && (
          <Badge meaning="warn">
            <Lock aria-hidden className="mr-1 inline size-3 align-[-1px]" />
            {words.locked}
          </Badge>
        )}
        {room.hasPasscode && <Badge>{words.passcode}</Badge>}
      </span>
      <span className="font-mono text-small break-all text-ink-faint">{room.id}</span>
    </span>
  )
}

function People({ room: { participants } }: { room: RoomDetail }) {
  const words = usePageWords(videoRoomsWords)
  if (participants.length === 0) return <span className="text-ink-faint">{words.noOne}</span>
  const names = participants.map(({ displayName }) => displayName)
  const rest = names.length - NAMED
  return (
    <span className="flex flex-wrap items-center gap-1" title={names.join('\n')}>
      {participants.slice(0, NAMED).map(({ id, displayName }) => (
        <Badge key={id}>{displayName}</Badge>
      ))}
      {rest > 0 && <span className="text-small text-ink-faint">{words.more(rest)}</span>}
    </span>
  )
}
