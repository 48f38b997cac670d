import { Share2 } from 'lucide-react'
import type { Room } from '../../../../shared/video.ts'
import { Button } from '../../components/button.tsx'
import { Dialog, DialogFoot } from '../../components/dialog.tsx'
import { Secret } from '../../components/secret.tsx'
import { usePageWords } from '../../lib/language.ts'
import { navigate } from '../../lib/router.ts'
import { roomAddress, roomPath } from '../room/room-address.ts'
import { roomsWords } from './words.ts'

/** Shows the link of a room that was just opened. */
export function OpenedDialog({ room, onClose }: { room: Room; onClose: () => void }) {
  const { opened } = usePageWords(roomsWords)
  const url = roomAddress(room.id)
  return (
    <Dialog title={opened.title} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <p className="text-row break-words">{opened.lead(room.name)}</p>
        <Secret label={opened.link} text={url} />
        <DialogFoot>
          {'share' in navigator && (
            // Whoever closes the system's sheet has changed their mind.
            <Button
              className="min-h-11"
              onClick={() => void navigator.share({ title: room.name, url }).catch(() => {})}
            >
              <Share2 aria-hidden className="size-4" />
              {opened.share}
            </Button>
          )}
          <Button className="min-h-11" onClick={onClose}>
            {opened.later}
          </Button>
          <Button look="primary" className="min-h-11" onClick={() => navigate(roomPath(room.id))}>
            {opened.enter}
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  )
}
