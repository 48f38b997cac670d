import {
  Activity,
  CircleEllipsis,
  CircleX,
  Hand,
  Link as LinkIcon,
  Lock,
  LockOpen,
  Maximize,
  Minimize,
  MonitorUp,
  PictureInPicture2,
  Settings,
  Users,
  type LucideIcon,
} from 'lucide-react'
import { useRef, useState } from 'react'
import { usePageWords } from '../../../lib/language.ts'
import { useDismiss } from '../../../lib/use-dismiss.ts'
import type { PanelName } from '../panel/side-panel.tsx'
import { roomWords } from '../words.ts'
import { useCall } from './call-context.ts'
import { Control } from './control.tsx'
import { canShare, type Controls } from './use-controls.ts'
import { useFullScreen } from './use-full-screen.ts'
import { useSmallWindow } from './use-small-window.ts'

/** What the menu does beside what the bar does. */
export interface MoreActions {
  onPanel: (panel: PanelName) => void
  onCopyLink: () => void
  onSettings: () => void
  onEndRoom: () => void
}

interface Entry {
  icon: LucideIcon
  label: string
  act: () => void
  /** Shown where the bar has no room for it. */
  phone?: boolean
  danger?: boolean
}

/** Everything that is needed less often. */
export function MoreMenu({ actions, controls }: { actions: MoreActions; controls: Controls }) {
  const { controls: words } = usePageWords(roomWords)
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const entries = useEntries(actions, controls)
  useDismiss(box, open, () => {
    setOpen(false)
    button.current?.focus({ preventScroll: true })
  })

  return (
    <div ref={box} className="relative">
      <Control
        ref={button}
        icon={CircleEllipsis}
        label={words.more}
        word={words.word.more}
        expanded={open}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <ul className="absolute right-0 bottom-full z-30 mb-2 max-h-[70dvh] w-64 overflow-y-auto rounded-card border border-line-strong bg-panel p-1.5 shadow-float max-sm:-right-16">
          {entries.map(({ icon: Icon, label, act, phone, danger }) => (
            <li key={label} className={phone ? 'sm:hidden' : ''}>
              <button
                type="button"
                onClick={() => {
                  setOpen(false)
                  act()
                }}
                className={`flex min-h-11 w-full items-center gap-3 rounded-control px-3 text-left transition-colors hover:bg-hover ${danger ? 'text-bad-text' : 'text-ink'}`}
              >
                <Icon aria-hidden className="size-4.5 shrink-0" />
                {label}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function useEntries(actions: MoreActions, controls: Controls): Entry[] {
  const { controls: words, call: callWords } = usePageWords(roomWords)
  const { call, snapshot } = useCall()
  const fullScreen = useFullScreen()
  const smallWindow = useSmallWindow(snapshot)
  const { self, room } = snapshot
  const entries: (Entry | false)[] = [
    { icon: Hand, label: self.hand ? words.lowerHand : words.raiseHand, act: controls.toggleHand, phone: true },
    canShare && {
      icon: MonitorUp,
      label: self.screen ? words.stopShare : words.share,
      act: controls.toggleSharing,
      phone: true,
    },
    { icon: Users, label: words.people, act: () => actions.onPanel('people'), phone: true },
    { icon: LinkIcon, label: callWords.copyLink, act: actions.onCopyLink },
    { icon: Activity, label: words.connection, act: () => actions.onPanel('connection') },
    smallWindow.canBe && {
      icon: PictureInPicture2,
      label: smallWindow.isOpen ? words.endPip : words.pip,
      act: smallWindow.toggle,
    },
    fullScreen.canBe && {
      icon: fullScreen.isOn ? Minimize : Maximize,
      label: fullScreen.isOn ? words.endFullScreen : words.fullScreen,
      act: fullScreen.toggle,
    },
    { icon: Settings, label: words.settings, act: actions.onSettings },
    self.isHost && {
      icon: room.locked ? LockOpen : Lock,
      label: room.locked ? words.unlock : words.lock,
      act: () => controls.attempt(call.host.setLocked(!room.locked)),
    },
    self.isHost && { icon: CircleX, label: words.endRoom, act: actions.onEndRoom, danger: true },
  ]
  return entries.filter((entry) => entry !== false)
}
