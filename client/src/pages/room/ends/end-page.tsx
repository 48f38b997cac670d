import { CircleSlash, DoorClosed, DoorOpen, Lock, PhoneOff, SearchX, UserX, Users, Video, WifiOff } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { Link } from '../../../components/link.tsx'
import { usePageWords } from '../../../lib/language.ts'
import { BigButton } from '../big-button.tsx'
import { RoomShell } from '../room-shell.tsx'
import { roomWords } from '../words.ts'
import type { EndKind } from './end-kind.ts'

const ICONS: Record<EndKind, LucideIcon> = {
  left: PhoneOff,
  removed: UserX,
  ended: DoorClosed,
  closed: DoorClosed,
  lost: WifiOff,
  full: Users,
  locked: Lock,
  not_found: SearchX,
  unsupported: CircleSlash,
}

/** Where the way back into the same room is worth a try, and what its button says. */
const WAYS_BACK: Partial<Record<EndKind, 'again' | 'rejoin'>> = {
  left: 'rejoin',
  lost: 'again',
  full: 'again',
  locked: 'again',
}

/** Stands where the call would be: what happened, and what to do next. */
export function EndPage({ kind, onBack }: { kind: EndKind; onBack: () => void }) {
  const { ends } = usePageWords(roomWords)
  const { title, lead } = ends[kind]
  const Icon = ICONS[kind]
  const back = WAYS_BACK[kind]
  return (
    <RoomShell>
      <main
        data-end={kind}
        className="mx-auto flex w-full max-w-120 flex-1 flex-col items-center justify-center gap-5 px-4 pb-24 text-center"
      >
        <span className="flex size-16 items-center justify-center rounded-round border border-line bg-panel text-ink-soft">
          <Icon aria-hidden className="size-7" />
        </span>
        <div role="alert" className="flex flex-col gap-2">
          <h1 className="text-figure font-semibold tracking-tight text-balance">{title}</h1>
          <p className="text-balance text-ink-soft">{lead}</p>
        </div>
        <div className="flex flex-wrap justify-center gap-3">
          {back && (
            <BigButton autoFocus onClick={onBack}>
              <DoorOpen aria-hidden className="size-4" />
              {ends[back]}
            </BigButton>
          )}
          <Link
            href="/rooms"
            className="inline-flex min-h-11 items-center gap-1.5 rounded-control border border-line-strong bg-panel px-5 font-medium hover:bg-hover"
          >
            <Video aria-hidden className="size-4" />
            {back ? ends.rooms : ends.join}
          </Link>
        </div>
      </main>
    </RoomShell>
  )
}
