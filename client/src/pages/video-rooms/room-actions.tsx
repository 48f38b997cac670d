import { Link2 } from 'lucide-react'
import type { RoomDetail } from '../../../../shared/video.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { copyText } from '../../lib/copy-text.ts'
import { usePageWords, useWords } from '../../lib/language.ts'
import { openPanel } from '../../lib/router.ts'
import { tellError } from '../../lib/tell-error.ts'
import { tellDone, tellFailed } from '../../lib/toast.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { END } from './panel-names.ts'
import { invitationTo, lockRoom } from './rooms-api.ts'
import { useRoomAction } from './use-rooms.ts'
import { videoRoomsWords } from './words.ts'

/** What can be done to a room from its row; only the link for those who may change nothing. */
export function RoomActions({ row: room }: { row: RoomDetail }) {
  const { actions } = usePageWords(videoRoomsWords)
  const isAdmin = useIsAdmin()
  return (
    <>
      <CopyLink room={room} />
      {isAdmin && <LockButton room={room} look="ghost" />}
      {isAdmin && (
        <Button
          look="ghost"
          size="small"
          data-destructive
          aria-label={actions.endNamed(room.name)}
          onClick={() => openPanel(END, room.id)}
        >
          {actions.end}
        </Button>
      )}
    </>
  )
}

function CopyLink({ room }: { room: RoomDetail }) {
  const { actions } = usePageWords(videoRoomsWords)
  async function copy() {
    const copied = await copyText(invitationTo(room.id))
    tellDone(copied ? actions.linkCopied : actions.linkNotCopied)
  }
  return (
    <IconButton label={actions.copyLinkNamed(room.name)} onClick={() => void copy()}>
      <Link2 aria-hidden className="size-4" />
    </IconButton>
  )
}

/** Keeps newcomers out, or lets them in again. */
export function LockButton({ room, look }: { room: RoomDetail; look: 'ghost' | 'secondary' }) {
  const words = useWords()
  const { actions, done } = usePageWords(videoRoomsWords)
  const locking = useRoomAction(lockRoom, ({ name, locked }) =>
    tellDone(locked ? done.locked(name) : done.unlocked(name)),
  )
  const lock = () =>
    locking.mutate(
      { roomId: room.id, locked: !room.locked },
      { onError: (error) => tellFailed(tellError(error, words)) },
    )
  return (
    <Button
      look={look}
      size="small"
      disabled={locking.isPending}
      aria-label={room.locked ? actions.unlockNamed(room.name) : actions.lockNamed(room.name)}
      onClick={lock}
    >
      {room.locked ? actions.unlock : actions.lock}
    </Button>
  )
}
