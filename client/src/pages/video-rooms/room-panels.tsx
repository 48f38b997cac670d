import type { RoomDetail } from '../../../../shared/video.ts'
import { closePanel, setParams, useParam } from '../../lib/router.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { EndRoomDialog } from './end-room-dialog.tsx'
import { OpenRoomDialog } from './open-room-dialog.tsx'
import { END, OPEN, REMOVE, ROOM } from './panel-names.ts'
import { RemoveDialog } from './remove-dialog.tsx'
import { RoomPanel } from './room-panel.tsx'

/** What the address has put before the list; nothing until the rooms are known. */
export function RoomPanels({ rooms }: { rooms: readonly RoomDetail[] | undefined }) {
  const isAdmin = useIsAdmin()
  const shown = useParam(ROOM)
  const opening = useParam(OPEN) !== null
  const ending = useParam(END)
  const removing = useParam(REMOVE)
  if (rooms === undefined) return null
  const room = rooms.find(({ id }) => id === shown) ?? null
  const ended = rooms.find(({ id }) => id === ending)
  const participant = room?.participants.find(({ id }) => id === removing)
  return (
    <>
      {shown !== null && <RoomPanel room={room} onClose={() => closePanel(ROOM)} />}
      {isAdmin && opening && (
        <OpenRoomDialog
          // In place: Back leads to the list, not to the form again.
          onOpened={({ id }) => setParams({ [OPEN]: null, [ROOM]: id })}
          onClose={() => closePanel(OPEN)}
        />
      )}
      {isAdmin && ended && <EndRoomDialog room={ended} onClose={() => closePanel(END)} />}
      {isAdmin && room && participant && (
        <RemoveDialog room={room} participant={participant} onClose={() => closePanel(REMOVE)} />
      )}
    </>
  )
}
