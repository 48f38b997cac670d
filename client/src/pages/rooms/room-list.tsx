import { useQuery } from '@tanstack/react-query'
import { KeyRound, Link as LinkIcon, Lock, Users, Video } from 'lucide-react'
import type { RoomDetail } from '../../../../shared/video.ts'
import { Badge } from '../../components/badge.tsx'
import { Blank } from '../../components/blank.tsx'
import { Button } from '../../components/button.tsx'
import { Link } from '../../components/link.tsx'
import { Notice } from '../../components/notice.tsx'
import { RowSkeletons } from '../../components/row-skeletons.tsx'
import { copyText } from '../../lib/copy-text.ts'
import { formatRelative } from '../../lib/format-relative.ts'
import { useLocale, usePageWords, useWords } from '../../lib/language.ts'
import { tellDone } from '../../lib/toast.ts'
import { useNow } from '../../lib/use-now.ts'
import { roomAddress, roomPath } from '../room/room-address.ts'
import { RoundButton } from '../room/round-button.tsx'
import { Card } from './card.tsx'
import { fetchRooms } from './rooms-api.ts'
import { ROOMS_KEY } from './rooms-key.ts'
import { roomsWords } from './words.ts'

const RENEW_MS = 5000
const MINUTE_MS = 60_000

/** The open rooms that the reader may see. */
export function RoomList() {
  const { list } = usePageWords(roomsWords)
  const { actions } = useWords()
  const rooms = useQuery({ queryKey: ROOMS_KEY, queryFn: fetchRooms, refetchInterval: RENEW_MS })
  const again = (
    <Button className="min-h-11" onClick={() => void rooms.refetch()}>
      {actions.retry}
    </Button>
  )
  return (
    <Card title={list.title}>
      {rooms.isError && (
        <Notice meaning="bad" action={again}>
          {list.failed}
        </Notice>
      )}
      {rooms.isPending && <RowSkeletons />}
      {rooms.data?.length === 0 && (
        <Blank icon={<Video aria-hidden className="size-5" />} title={list.emptyTitle} lead={list.emptyLead} />
      )}
      {rooms.data && rooms.data.length > 0 && (
        <ul className="-mx-2 flex flex-col">
          {rooms.data.map((room) => (
            <Row key={room.id} room={room} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function Row({ room }: { room: RoomDetail }) {
  const { list } = usePageWords(roomsWords)
  const locale = useLocale()
  const now = useNow(MINUTE_MS)
  const copy = () => void copyText(roomAddress(room.id)).then((copied) => copied && tellDone(list.copied))
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line px-2 py-3 first:border-t-0">
      <div className="flex min-w-40 flex-1 flex-col gap-1">
        <div className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium">{room.name}</span>
          {room.locked && (
            <Badge meaning="warn">
              <Lock aria-hidden className="mr-1 inline size-3" />
              {list.locked}
            </Badge>
          )}
          {room.hasPasscode && (
            <Badge>
              <KeyRound aria-hidden className="mr-1 inline size-3" />
              {list.hasPasscode}
            </Badge>
          )}
        </div>
        <p className="flex flex-wrap items-center gap-x-3 text-small text-ink-soft">
          <span className="inline-flex items-center gap-1 tabular-nums">
            <Users aria-hidden className="size-3.5" />
            {list.people(room.participants.length, room.maxParticipants)}
          </span>
          <span>{list.since(formatRelative(Date.parse(room.createdAt), now, locale))}</span>
        </p>
      </div>
      <RoundButton label={list.copyNamed(room.name)} look="ghost" onClick={copy}>
        <LinkIcon aria-hidden className="size-4.5" />
      </RoundButton>
      <Link
        href={roomPath(room.id)}
        aria-label={list.joinNamed(room.name)}
        className="inline-flex min-h-11 items-center rounded-control border border-line-strong bg-panel px-5 font-medium hover:bg-hover"
      >
        {list.join}
      </Link>
    </li>
  )
}
