import { usePageWords } from '../../../lib/language.ts'
import { useValue } from '../../../lib/value.ts'
import { roomWords } from '../words.ts'
import type { Notes } from './notes.ts'

/** Where it is told who came and went; read aloud, one after the other. */
export function NoteList({ notes }: { notes: Notes }) {
  const { happenings } = usePageWords(roomWords)
  const shown = useValue(notes.shown)
  return (
    <div
      role="log"
      aria-live="polite"
      aria-relevant="additions"
      aria-label={happenings.list}
      data-testid="notes"
      className="pointer-events-none absolute inset-x-0 top-3 z-20 flex flex-col items-center gap-2 px-4"
    >
      {shown.map(({ id, text }) => (
        <p
          key={id}
          className="line-clamp-2 max-w-100 rounded-round border border-line-strong bg-panel px-4 py-2 text-row break-words shadow-float"
        >
          {text}
        </p>
      ))}
    </div>
  )
}
