import type { RoomDetail } from '../../../../shared/video.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { usePageWords } from '../../lib/language.ts'
import { tellDone } from '../../lib/toast.ts'
import { endRoom } from './rooms-api.ts'
import { useRoomAction } from './use-rooms.ts'
import { videoRoomsWords } from './words.ts'

/** Says how many are sent out, then ends a room. */
export function EndRoomDialog({ room, onClose }: { room: RoomDetail; onClose: () => void }) {
  const { ending: words, done } = usePageWords(videoRoomsWords)
  const ending = useRoomAction(endRoom, () => {
    onClose()
    tellDone(done.ended(room.name))
  })
  const count = room.participants.length
  return (
    <ConfirmDialog
      title={words.title}
      submit={words.submit}
      submitting={words.submitting}
      action={ending}
      onConfirm={() => ending.mutate(room.id)}
      onClose={onClose}
    >
      <p className="break-words">{words.lead(room.name)}</p>
      <p className="text-ink-soft">{count === 0 ? words.nobody : words.people(count)}</p>
    </ConfirmDialog>
  )
}
