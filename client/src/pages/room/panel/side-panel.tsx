import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { usePageWords, useWords } from '../../../lib/language.ts'
import { RoundButton } from '../round-button.tsx'
import { roomWords } from '../words.ts'
import { ChatPanel } from './chat-panel.tsx'
import { ConnectionPanel } from './connection-panel.tsx'
import { PeoplePanel } from './people-panel.tsx'

const PANELS = { chat: ChatPanel, people: PeoplePanel, connection: ConnectionPanel } as const

export type PanelName = keyof typeof PANELS

interface SidePanelProps {
  name: PanelName
  onClose: () => void
}

/** Beside the people, and over them on a phone: chat, who is here, or how the connection is. */
export function SidePanel({ name, onClose }: SidePanelProps) {
  const words = usePageWords(roomWords)
  const { actions } = useWords()
  const head = useRef<HTMLHeadingElement>(null)
  const Panel = PANELS[name]

  useEffect(() => {
    // The chat's own field takes the focus.
    if (name !== 'chat') head.current?.focus({ preventScroll: true })
  }, [name])

  return (
    <aside
      aria-label={words[name].title}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
      className="flex min-h-0 w-88 shrink-0 flex-col border-l border-line bg-panel max-sm:absolute max-sm:inset-0 max-sm:z-20 max-sm:w-full sm:my-3 sm:mr-3 sm:rounded-card sm:border"
    >
      <div className="flex shrink-0 items-center justify-between gap-2 border-b border-line py-1 pr-1 pl-4">
        <h2 ref={head} tabIndex={-1} className="font-semibold focus:outline-none">
          {words[name].title}
        </h2>
        <RoundButton label={actions.close} look="ghost" onClick={onClose}>
          <X aria-hidden className="size-4.5" />
        </RoundButton>
      </div>
      <Panel />
    </aside>
  )
}
