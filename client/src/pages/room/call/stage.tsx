import { Link as LinkIcon } from 'lucide-react'
import { useState } from 'react'
import type { CallSnapshot } from '../../../call/index.ts'
import { usePageWords } from '../../../lib/language.ts'
import { useValue } from '../../../lib/value.ts'
import { BigButton } from '../big-button.tsx'
import { selfView } from '../own-choices.ts'
import { roomWords } from '../words.ts'
import { PeopleGrid } from './people-grid.tsx'
import { SharedScreen } from './shared-screen.tsx'
import { screensOf } from './shares.ts'
import { Tile } from './tile.tsx'
import { tilePeople } from './tile-person.ts'

interface StageProps {
  snapshot: CallSnapshot
  onDetails: (id: string) => void
  onStopSharing: () => void
  onCopyLink: () => void
}

/** The people; and while somebody shares, their screen with the people beside it. */
export function Stage({ snapshot, onDetails, onStopSharing, onCopyLink }: StageProps) {
  const { call } = usePageWords(roomWords)
  const withSelf = useValue(selfView) === 'shown'
  const [chosen, setChosen] = useState<string | null>(null)
  const people = tilePeople(snapshot, withSelf)
  const screens = screensOf(snapshot)
  const screen = screens.find(({ id }) => id === chosen) ?? screens[0]
  if (screen === undefined) {
    return (
      <>
        <PeopleGrid people={people} onDetails={onDetails} />
        {snapshot.participants.length === 0 && snapshot.status.kind === 'live' && <Alone onCopyLink={onCopyLink} />}
      </>
    )
  }
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col gap-2 landscape:flex-row">
      <SharedScreen screen={screen} screens={screens} onChoose={setChosen} onStop={onStopSharing} />
      <ul aria-label={call.tiles} className="flex shrink-0 gap-2 overflow-auto landscape:w-52 landscape:flex-col">
        {people.map((person) => (
          <li key={person.id} className="aspect-video w-44 shrink-0 landscape:w-full">
            <Tile person={person} onDetails={() => onDetails(person.id)} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** For the first to come: how the others get here. */
function Alone({ onCopyLink }: { onCopyLink: () => void }) {
  const { call } = usePageWords(roomWords)
  return (
    <div className="absolute inset-x-0 bottom-6 flex justify-center px-4">
      <div className="flex flex-wrap items-center justify-center gap-x-5 gap-y-3 rounded-card border border-line-strong bg-panel p-4 shadow-float">
        <div>
          <p className="font-medium">{call.alone}</p>
          <p className="text-row text-ink-soft">{call.aloneLead}</p>
        </div>
        <BigButton onClick={onCopyLink}>
          <LinkIcon aria-hidden className="size-4" />
          {call.copyLink}
        </BigButton>
      </div>
    </div>
  )
}
