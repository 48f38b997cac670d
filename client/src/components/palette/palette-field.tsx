import { LoaderCircle, Search, X } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { usePageWords, useWords } from '../../lib/language.ts'
import { IconButton } from '../button.tsx'
import { paletteWords } from './words.ts'

interface PaletteFieldProps {
  query: string
  onQuery: (query: string) => void
  onKeyDown: (event: KeyboardEvent) => void
  listId: string
  /** Id of the chosen option. */
  activeId: string | undefined
  isBusy: boolean
  onClose: () => void
}

/** Where one types, and what the arrows act on. */
export function PaletteField({ query, onQuery, onKeyDown, listId, activeId, isBusy, onClose }: PaletteFieldProps) {
  const words = usePageWords(paletteWords)
  const { actions } = useWords()
  const Icon = isBusy ? LoaderCircle : Search
  return (
    <div className="flex h-12 shrink-0 items-center gap-3 border-b border-line pr-2 pl-4">
      <Icon aria-hidden className={`size-4 shrink-0 text-ink-faint ${isBusy ? 'animate-spin' : ''}`} />
      <input
        type="text"
        role="combobox"
        aria-label={words.title}
        aria-expanded={activeId !== undefined}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={activeId}
        data-first
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={onKeyDown}
        placeholder={words.placeholder}
        maxLength={200}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="go"
        className="h-full min-w-0 flex-1 bg-transparent outline-none"
      />
      <IconButton label={actions.close} onClick={onClose}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  )
}
