import { MonitorUp } from 'lucide-react'
import { useRef } from 'react'
import { Choice } from '../../../components/choice.tsx'
import { usePageWords } from '../../../lib/language.ts'
import { BigButton } from '../big-button.tsx'
import { Picture } from '../picture.tsx'
import { useSpeaker } from '../speaker.ts'
import { roomWords } from '../words.ts'
import type { SharedBy } from './shares.ts'

interface SharedScreenProps {
  screen: SharedBy
  screens: readonly SharedBy[]
  onChoose: (id: string) => void
  onStop: () => void
}

/** A shared screen, whole and large; several are one press apart. */
export function SharedScreen({ screen, screens, onChoose, onStop }: SharedScreenProps) {
  const { call } = usePageWords(roomWords)
  const choices = screens.map(({ id, displayName, isSelf }) => ({ value: id, label: isSelf ? call.you : displayName }))
  return (
    <section
      data-testid="shared-screen"
      className="flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden rounded-card border border-line bg-sunken"
    >
      <div className="flex min-h-10 items-center justify-between gap-3 px-3 py-1.5 text-row">
        <h2 className="flex min-w-0 items-center gap-2 font-medium">
          <MonitorUp aria-hidden className="size-4 shrink-0 text-accent-text" />
          <span className="truncate">{screen.isSelf ? call.sharedByYou : call.sharedBy(screen.displayName)}</span>
        </h2>
        {screens.length > 1 && <Choice label={call.tiles} choices={choices} chosen={screen.id} onChoose={onChoose} />}
      </div>
      {screen.isSelf ? (
        <OwnScreen stream={screen.stream} onStop={onStop} />
      ) : (
        <TheirScreen stream={screen.stream} label={call.sharedBy(screen.displayName)} />
      )}
    </section>
  )
}

function TheirScreen({ stream, label }: { stream: MediaStream; label: string }) {
  const ref = useRef<HTMLVideoElement>(null)
  useSpeaker(ref)
  return (
    <div className="min-h-0 flex-1">
      <Picture stream={stream} whole sounds label={label} elementRef={ref} />
    </div>
  )
}

/** One's own screen small: shown large it would show itself in itself. */
function OwnScreen({ stream, onStop }: { stream: MediaStream; onStop: () => void }) {
  const { call } = usePageWords(roomWords)
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-4 p-4">
      <div className="aspect-video min-h-0 w-full max-w-100 overflow-hidden rounded-card border border-line">
        <Picture stream={stream} whole label={call.sharedByYou} />
      </div>
      <BigButton look="danger" onClick={onStop}>
        {call.stopSharing}
      </BigButton>
    </div>
  )
}
