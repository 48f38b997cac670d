import { Hand, Mic, MicOff, ScreenShare, Video, VideoOff, type LucideIcon } from 'lucide-react'
import type { Participant, RoomDetail } from '../../../../shared/video.ts'
import { Badge } from '../../components/badge.tsx'
import { Button } from '../../components/button.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { openPanel } from '../../lib/router.ts'
import { tellError } from '../../lib/tell-error.ts'
import { tellDone, tellFailed } from '../../lib/toast.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { REMOVE } from './panel-names.ts'
import { muteParticipant } from './rooms-api.ts'
import { useRoomAction } from './use-rooms.ts'
import { videoRoomsWords } from './words.ts'

/** One person in a room: since when, what is on, and what an admin may do. */
export function ParticipantRow({ room, participant }: { room: RoomDetail; participant: Participant }) {
  const { panel } = usePageWords(videoRoomsWords)
  const isAdmin = useIsAdmin()
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2 last:border-b-0">
      <div className="min-w-40 flex-1">
        <p className="flex min-w-0 items-center gap-2">
          <span className="min-w-0 truncate font-medium" title={participant.displayName}>
            {participant.displayName}
          </span>
          {participant.id === room.hostParticipantId && <Badge meaning="good">{panel.isHost}</Badge>}
        </p>
        <p className="text-small text-ink-faint">
          {panel.since} <RelativeTime at={participant.joinedAt} none="" />
        </p>
      </div>
      <Signs participant={participant} />
      {isAdmin && <Actions room={room} participant={participant} />}
    </li>
  )
}

function Signs({ participant: { microphone, camera, screen, hand } }: { participant: Participant }) {
  const { panel } = usePageWords(videoRoomsWords)
  return (
    <p className="flex shrink-0 items-center gap-2">
      {hand && <Sign icon={Hand} label={panel.hand} look="text-warn-text" />}
      {screen && <Sign icon={ScreenShare} label={panel.screen} look="text-info-text" />}
      {camera ? (
        <Sign icon={Video} label={panel.camera.on} look="text-ink-soft" />
      ) : (
        <Sign icon={VideoOff} label={panel.camera.off} look="text-ink-faint" />
      )}
      {microphone ? (
        <Sign icon={Mic} label={panel.microphone.on} look="text-ink-soft" />
      ) : (
        <Sign icon={MicOff} label={panel.microphone.off} look="text-bad-text" />
      )}
    </p>
  )
}

function Sign({ icon: Icon, label, look }: { icon: LucideIcon; label: string; look: string }) {
  return (
    <span title={label} className={look}>
      <Icon aria-hidden className="size-4" />
      <span className="sr-only">{label}</span>
    </span>
  )
}

function Actions({ room, participant }: { room: RoomDetail; participant: Participant }) {
  const words = useWords()
  const { actions, done } = usePageWords(videoRoomsWords)
  const who = participant.displayName
  const muting = useRoomAction(muteParticipant, () => tellDone(done.muted(who)))
  const mute = () =>
    muting.mutate(
      { roomId: room.id, participantId: participant.id },
      { onError: (error) => tellFailed(tellError(error, words)) },
    )
  return (
    <div className="-mr-2 flex shrink-0">
      {participant.microphone && (
        <Button
          look="ghost"
          size="small"
          aria-label={actions.muteNamed(who)}
          disabled={muting.isPending}
          onClick={mute}
        >
          {actions.mute}
        </Button>
      )}
      <Button
        look="ghost"
        size="small"
        aria-label={actions.removeNamed(who)}
        onClick={() => openPanel(REMOVE, participant.id)}
      >
        {actions.remove}
      </Button>
    </div>
  )
}
