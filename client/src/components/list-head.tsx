import { Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatExact } from '../lib/format.ts'
import { useLocale, useWords } from '../lib/language.ts'
import { setParams } from '../lib/router.ts'
import type { ListView } from '../lib/use-list-view.ts'
import { TextFilters } from './text-filters.tsx'

interface ListHeadProps {
  view: Omit<ListView<unknown>, 'shown'> & { shown: { length: number } }
  /** Whether the rows are there: before that, nothing is counted. */
  known: boolean
  /** Stands before the count. */
  children?: ReactNode
}

/** Above a list: the kinds to choose from, what it is filtered by, how many there are, and the search. */
export function ListHead({ view, known, children }: ListHeadProps) {
  const { list } = useWords()
  const locale = useLocale()
  const count = list.count(formatExact(view.shown.length, locale), formatExact(view.total, locale))
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2.5">
      {view.filter && <Chips filter={view.filter} total={view.total} known={known} />}
      {view.texts.length > 0 && <TextFilters texts={view.texts} />}
      <label className="relative ml-auto min-w-48 flex-1 sm:max-w-60">
        <Search aria-hidden className="pointer-events-none absolute top-1.5 left-2 size-4 text-ink-faint" />
        <input
          type="search"
          value={view.search}
          onChange={(event) => setParams({ q: event.target.value })}
          placeholder={list.search}
          aria-label={list.search}
          autoComplete="off"
          spellCheck={false}
          className="h-7 w-full rounded-control border border-line bg-panel pr-2 pl-8 text-row transition-colors hover:border-line-strong"
        />
      </label>
      {children}
      <span aria-live="polite" data-testid="count" className="text-row text-ink-faint tabular-nums">
        {known && count}
      </span>
    </div>
  )
}

interface ChipsProps {
  filter: NonNullable<ListView<unknown>['filter']>
  total: number
  known: boolean
}

function Chips({ filter, total, known }: ChipsProps) {
  const { list } = useWords()
  const choices = [{ value: '', label: list.all, count: total }, ...filter.choices]
  return (
    <div role="group" aria-label={filter.label} className="flex flex-wrap gap-1">
      {choices.map(({ value, label, count }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === filter.chosen}
          onClick={() => setParams({ [filter.param]: value })}
          className="flex h-7 items-center gap-1.5 rounded-round border border-line px-2.5 text-row text-ink-soft transition-colors hover:bg-hover aria-pressed:border-accent-line/50 aria-pressed:bg-accent-fill aria-pressed:text-accent-text"
        >
          {label}
          {known && <span className="text-small tabular-nums opacity-75">{count}</span>}
        </button>
      ))}
    </div>
  )
}
