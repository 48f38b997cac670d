import { Search } from 'lucide-react'
import { usePageWords } from '../../lib/language.ts'
import { setParams, useParam } from '../../lib/router.ts'
import { settingsWords } from './words.ts'

/** Finds settings by name, key or words. */
export function SettingsSearch() {
  const words = usePageWords(settingsWords)
  return (
    <label className="relative sm:max-w-80">
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-ink-faint" />
      <input
        type="search"
        value={useParam('q') ?? ''}
        onChange={(event) => setParams({ q: event.target.value })}
        placeholder={words.search}
        aria-label={words.search}
        autoComplete="off"
        spellCheck={false}
        className="h-9 w-full rounded-control border border-line bg-panel pr-2 pl-8 text-row transition-colors hover:border-line-strong"
      />
    </label>
  )
}
