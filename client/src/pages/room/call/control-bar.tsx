import { Hand, MessageSquare, Mic, MicOff, MonitorUp, MonitorX, PhoneOff, Users, Video, VideoOff } from 'lucide-react'
import type { RefObject } from 'react'
import { usePageWords } from '../../../lib/language.ts'
import type { PanelName } from '../panel/side-panel.tsx'
import { roomWords } from '../words.ts'
import { useCall } from './call-context.ts'
import { Control } from './control.tsx'
import { MoreMenu, type MoreActions } from './more-menu.tsx'
import { canShare, type Controls } from './use-controls.ts'

interface ControlBarProps {
  controls: Controls
  panel: PanelName | null
  onPanel: (panel: PanelName) => void
  /** Takes the focus back when a panel closes. */
  chatButton: RefObject<HTMLButtonElement | null>
  peopleButton: RefObject<HTMLButtonElement | null>
  unread: number
  more: MoreActions
}

/** Everything to do in a call, in one bar; what does not fit a phone is in its last menu. */
export function ControlBar({ controls, panel, onPanel, chatButton, peopleButton, unread, more }: ControlBarProps) {
  const { controls: words } = usePageWords(roomWords)
  const { call, snapshot } = useCall()
  return (
    <footer
      aria-label={words.bar}
      className="flex shrink-0 items-start justify-center gap-2 px-2 pt-2 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:gap-1.5"
    >
      <OwnSwitches controls={controls} />
      <span aria-hidden className="mx-2 hidden h-11 w-px bg-line sm:block" />
      <Control
        ref={chatButton}
        icon={MessageSquare}
        label={unread === 0 ? words.chat : words.chatUnread(unread)}
        word={words.word.chat}
        look={panel === 'chat' ? 'active' : 'plain'}
        expanded={panel === 'chat'}
        count={unread}
        onClick={() => onPanel('chat')}
      />
      <Control
        ref={peopleButton}
        icon={Users}
        label={words.people}
        word={`${words.word.people} (${snapshot.participants.length + 1})`}
        look={panel === 'people' ? 'active' : 'plain'}
        expanded={panel === 'people'}
        className="max-sm:hidden"
        onClick={() => onPanel('people')}
      />
      <MoreMenu actions={more} controls={controls} />
      <Control
        icon={PhoneOff}
        label={words.leave}
        word={words.word.leave}
        look="danger"
        onClick={() => void call.leave()}
      />
    </footer>
  )
}

function OwnSwitches({ controls }: { controls: Controls }) {
  const { controls: words } = usePageWords(roomWords)
  const { self } = useCall().snapshot
  return (
    <>
      <Control
        icon={self.microphone ? Mic : MicOff}
        label={self.microphone ? words.mute : words.unmute}
        word={self.microphone ? words.word.mute : words.word.unmute}
        look={self.microphone ? 'plain' : 'off'}
        shortcut="M"
        onClick={controls.toggleMicrophone}
      />
      <Control
        icon={self.camera ? Video : VideoOff}
        label={self.camera ? words.stopCamera : words.startCamera}
        word={words.word.camera}
        look={self.camera ? 'plain' : 'off'}
        shortcut="V"
        onClick={controls.toggleCamera}
      />
      {canShare && (
        <Control
          icon={self.screen ? MonitorX : MonitorUp}
          label={self.screen ? words.stopShare : words.share}
          word={self.screen ? words.word.stopShare : words.word.share}
          look={self.screen ? 'active' : 'plain'}
          shortcut="S"
          className="max-sm:hidden"
          onClick={controls.toggleSharing}
        />
      )}
      <Control
        icon={Hand}
        label={self.hand ? words.lowerHand : words.raiseHand}
        word={words.word.hand}
        look={self.hand ? 'active' : 'plain'}
        pressed={self.hand}
        shortcut="H"
        className="max-[26rem]:hidden"
        onClick={controls.toggleHand}
      />
    </>
  )
}
