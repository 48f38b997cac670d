import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { Call, EndReason } from '../../../call/index.ts'
import { copyText } from '../../../lib/copy-text.ts'
import { usePageWords } from '../../../lib/language.ts'
import { SidePanel, type PanelName } from '../panel/side-panel.tsx'
import { useUnread } from '../panel/use-unread.ts'
import { roomAddress } from '../room-address.ts'
import { roomWords } from '../words.ts'
import { Banners } from './banners.tsx'
import { CallContext } from './call-context.ts'
import { CallHead } from './call-head.tsx'
import { ControlBar } from './control-bar.tsx'
import { EndRoomDialog } from './end-room-dialog.tsx'
import { NoteList } from './note-list.tsx'
import { createNotes } from './notes.ts'
import { SettingsDialog } from './settings-dialog.tsx'
import { Stage } from './stage.tsx'
import { useControls } from './use-controls.ts'
import { useHappenings } from './use-happenings.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { Voices } from './voices.tsx'

/** The call itself. `onEnd` is told once, when it is over. */
export function CallView({ call, onEnd }: { call: Call; onEnd: (reason: EndReason) => void }) {
  const words = usePageWords(roomWords)
  const snapshot = useSyncExternalStore(call.subscribe, call.getSnapshot)
  const [notes] = useState(createNotes)
  const [panel, setPanel] = useState<PanelName | null>(null)
  const [dialog, setDialog] = useState<'settings' | 'end' | null>(null)
  const [sound, setSound] = useState({ blocked: false, attempt: 0 })
  const [onBlocked] = useState(() => () => setSound((now) => ({ ...now, blocked: true })))
  const chatButton = useRef<HTMLButtonElement>(null)
  const peopleButton = useRef<HTMLButtonElement>(null)
  const controls = useControls(call, snapshot, notes)
  const unread = useUnread(snapshot, panel === 'chat')
  const ended = snapshot.status.kind === 'ended' ? snapshot.status.reason : null
  useHappenings(snapshot, notes, panel === 'chat')
  useShortcuts({
    m: controls.toggleMicrophone,
    v: controls.toggleCamera,
    s: controls.toggleSharing,
    h: controls.toggleHand,
  })
  useEffect(() => notes.clear, [notes])
  useEffect(() => {
    if (ended !== null) onEnd(ended)
  }, [ended, onEnd])

  function copyLink() {
    const address = roomAddress(snapshot.room.id)
    void copyText(address).then((copied) => notes.say(copied ? words.call.linkCopied : address))
  }
  function closePanel() {
    const button = panel === 'chat' ? chatButton : peopleButton
    setPanel(null)
    button.current?.focus({ preventScroll: true })
  }
  const togglePanel = (name: PanelName) => (panel === name ? closePanel() : setPanel(name))

  return (
    <CallContext value={{ call, snapshot, notes, attempt: controls.attempt }}>
      <div className="flex h-dvh flex-col overflow-hidden" data-call={snapshot.status.kind}>
        <CallHead onCopyLink={copyLink} onConnection={() => setPanel('connection')} />
        <Banners
          soundBlocked={sound.blocked}
          onHear={() => setSound(({ attempt }) => ({ blocked: false, attempt: attempt + 1 }))}
        />
        <div className="relative flex min-h-0 flex-1">
          <main className="relative flex min-h-0 min-w-0 flex-1 flex-col p-2 sm:p-3">
            <Stage
              snapshot={snapshot}
              onDetails={() => setPanel('connection')}
              onStopSharing={controls.toggleSharing}
              onCopyLink={copyLink}
            />
            <NoteList notes={notes} />
          </main>
          {panel !== null && <SidePanel name={panel} onClose={closePanel} />}
        </div>
        <ControlBar
          controls={controls}
          panel={panel}
          onPanel={togglePanel}
          chatButton={chatButton}
          peopleButton={peopleButton}
          unread={unread}
          more={{
            onPanel: setPanel,
            onCopyLink: copyLink,
            onSettings: () => setDialog('settings'),
            onEndRoom: () => setDialog('end'),
          }}
        />
        <Voices participants={snapshot.participants} attempt={sound.attempt} onBlocked={onBlocked} />
        {dialog === 'settings' && <SettingsDialog onClose={() => setDialog(null)} />}
        {dialog === 'end' && <EndRoomDialog onClose={() => setDialog(null)} />}
      </div>
    </CallContext>
  )
}
