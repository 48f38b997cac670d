import { Video } from 'lucide-react'
import type { RoomDetail } from '../../../../shared/video.ts'
import { Blank } from '../../components/blank.tsx'
import { CreateButton } from '../../components/create-button.tsx'
import { List } from '../../components/list.tsx'
import { MainAction } from '../../components/main-action.tsx'
import { PageBody } from '../../components/page-body.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { openPanel, useParam } from '../../lib/router.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { OPEN, ROOM } from './panel-names.ts'
import { RoomActions } from './room-actions.tsx'
import { useRoomColumns } from './room-columns.tsx'
import { RoomPanels } from './room-panels.tsx'
import { useRooms } from './use-rooms.ts'
import { videoRoomsWords } from './words.ts'

/** The video rooms that are open, live. */
export function VideoRoomsPage() {
  const { pages } = useWords()
  const words = usePageWords(videoRoomsWords)
  const isAdmin = useIsAdmin()
  const rooms = useRooms()
  const filter = {
    param: 'people',
    label: words.filter.label,
    choices: [
      { value: 'some', label: words.filter.withPeople, fits: (room: RoomDetail) => room.participants.length > 0 },
      { value: 'none', label: words.filter.empty, fits: (room: RoomDetail) => room.participants.length === 0 },
    ],
  }
  return (
    <PageBody lead={words.lead}>
      {isAdmin && (
        <MainAction>
          <CreateButton panel={OPEN} label={words.open} />
        </MainAction>
      )}
      <List
        label={pages.rooms}
        query={rooms}
        columns={useRoomColumns()}
        rowKey={(room) => room.id}
        textOf={textOf}
        filter={filter}
        firstOrder="-opened"
        RowActions={RoomActions}
        onOpen={(room) => openPanel(ROOM, room.id)}
        openKey={useParam(ROOM)}
        empty={
          <Blank
            icon={<Video aria-hidden className="size-5" />}
            title={words.emptyTitle}
            lead={isAdmin ? words.emptyLead : words.emptyLeadViewer}
          >
            {isAdmin && <CreateButton panel={OPEN} label={words.open} />}
          </Blank>
        }
      />
      <RoomPanels rooms={rooms.data} />
    </PageBody>
  )
}

function textOf({ name, id, hostId, participants }: RoomDetail): string {
  return [name, id, hostId ?? '', ...participants.map(({ displayName }) => displayName)].join(' ')
}
