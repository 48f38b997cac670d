import type { Participant, RoomDetail } from '../../../../shared/video.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { usePageWords } from '../../lib/language.ts'
import { tellDone } from '../../lib/toast.ts'
import { removeParticipant } from './rooms-api.ts'
import { useRoomAction } from './use-rooms.ts'
import { videoRoomsWords } from './words.ts'

interface RemoveDialogProps {
  room: RoomDetail
  participant: Participant
  onClose: () => void
}

/** Says that a link still leads in, then sends a participant out. */
export function RemoveDialog({ room, participant, onClose }: RemoveDialogProps) {
  const { removing: words, done } = usePageWords(videoRoomsWords)
  const who = participant.displayName
  const removing = useRoomAction(removeParticipant, () => {
    onClose()
    tellDone(done.removed(who))
  })
  return (
    <ConfirmDialog
      title={words.title}
      submit={words.submit}
      submitting={words.submitting}
      action={removing}
      onConfirm={() => removing.mutate({ roomId: room.id, participantId: participant.id })}
      onClose={onClose}
    >
      <p className="break-words">{words.lead(who, room.name)}</p>
      <p className="text-ink-soft">{words.effect}</p>
    </ConfirmDialog>
  )
}
