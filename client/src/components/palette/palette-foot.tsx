import { SearchX, TriangleAlert } from 'lucide-react'
import { usePageWords } from '../../lib/language.ts'
import { Blank } from '../blank.tsx'
import { KeyCap } from './key-cap.tsx'
import type { SearchState } from './use-found.ts'
import { paletteWords } from './words.ts'

interface PaletteFootProps {
  query: string
  count: number
  state: SearchState
}

/** What became of the search, read aloud, and the keys. */
export function PaletteFoot({ query, count, state }: PaletteFootProps) {
  const words = usePageWords(paletteWords)
  const nothing = count === 0 && state !== 'busy'
  return (
    <>
      {nothing && (
        <Blank
          icon={<SearchX aria-hidden className="size-5" />}
          title={words.nothing(query.trim())}
          lead={words.nothingLead}
        />
      )}
      {state === 'failed' && (
        <p className="flex shrink-0 items-center gap-2 border-t border-line bg-warn-fill px-4 py-2 text-row text-warn-text">
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          {words.failed}
        </p>
      )}
      <p role="status" className="sr-only">
        {state === 'busy' ? '' : nothing ? words.nothing(query.trim()) : words.count(count)}
      </p>
      <p
        aria-hidden
        className="flex shrink-0 gap-4 border-t border-line bg-sunken px-4 py-2 text-small text-ink-faint max-sm:hidden"
      >
        <Hint keys={['↑', '↓']}>{words.hints.move}</Hint>
        <Hint keys={['↵']}>{words.hints.choose}</Hint>
        <Hint keys={['Esc']}>{words.hints.close}</Hint>
      </p>
    </>
  )
}

function Hint({ keys, children }: { keys: string[]; children: string }) {
  return (
    <span className="flex items-center gap-1">
      {keys.map((key) => (
        <KeyCap key={key}>{key}</KeyCap>
      ))}
      <span>{children}</span>
    </span>
  )
}
