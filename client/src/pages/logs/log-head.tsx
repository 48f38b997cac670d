import { ChevronDown, Search } from 'lucide-react'
import { LOG_LEVELS, type LogLevel } from '../../../../shared/protocol.ts'
import { formatExact } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { logWords } from '../../lib/log-words.ts'
import type { LogSearch } from '../../lib/logs-api.ts'
import { setParams, useParam } from '../../lib/router.ts'
import { TimeRange } from '../messages/time-range.tsx'
import { logsWords } from './words.ts'

interface LogHeadProps {
  search: LogSearch
  types: readonly string[]
  count: number | null
}

/** What the log is narrowed to, and how much is found. */
export function LogHead({ search, types, count }: LogHeadProps) {
  const words = usePageWords(logsWords)
  const locale = useLocale()
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2.5">
      <Levels chosen={search.levels} />
      <Types chosen={search.type} types={types} />
      <TimeRange since={search.since} until={search.until} />
      <SearchBox label={words.search} />
      <span aria-live="polite" data-testid="count" className="text-row text-ink-faint tabular-nums">
        {count !== null && words.found(count, formatExact(count, locale))}
      </span>
    </div>
  )
}

/** The letters as they are typed: what is searched for follows when they rest. */
function SearchBox({ label }: { label: string }) {
  return (
    <label className="relative ml-auto min-w-48 flex-1 sm:max-w-72">
      <Search aria-hidden className="pointer-events-none absolute top-1.5 left-2 size-4 text-ink-faint" />
      <input
        type="search"
        value={useParam('q') ?? ''}
        onChange={(event) => setParams({ q: event.target.value })}
        placeholder={label}
        aria-label={label}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        className="h-7 w-full rounded-control border border-line bg-panel pr-2 pl-8 text-row transition-colors hover:border-line-strong"
      />
    </label>
  )
}

function Levels({ chosen }: { chosen: readonly LogLevel[] }) {
  const words = usePageWords(logsWords)
  const { levels } = usePageWords(logWords)

  function toggle(level: LogLevel) {
    const next = LOG_LEVELS.filter((one) => (one === level) !== chosen.includes(one))
    setParams({ level: next.length === LOG_LEVELS.length ? null : next.join() })
  }

  return (
    <div role="group" aria-label={words.levels} className="flex flex-wrap gap-1">
      {LOG_LEVELS.map((level) => (
        <button
          key={level}
          type="button"
          aria-pressed={chosen.includes(level)}
          onClick={() => toggle(level)}
          className="flex h-7 items-center rounded-round border border-line px-2.5 text-row text-ink-soft transition-colors hover:bg-hover aria-pressed:border-accent-line/50 aria-pressed:bg-accent-fill aria-pressed:text-accent-text"
        >
          {levels[level]}
        </button>
      ))}
    </div>
  )
}

function Types({ chosen, types }: { chosen: string; types: readonly string[] }) {
  const words = usePageWords(logsWords)
  const known = chosen === '' || types.includes(chosen) ? types : [chosen, ...types]
  return (
    <span className="relative">
      <select
        aria-label={words.type}
        value={chosen}
        onChange={(event) => setParams({ type: event.target.value })}
        className={`h-7 cursor-pointer appearance-none rounded-control border border-line px-2 pr-7 text-row hover:border-line-strong ${chosen === '' ? 'bg-panel text-ink-soft' : 'bg-accent-fill text-accent-text'}`}
      >
        <option value="">{words.anyType}</option>
        {known.map((type) => (
          <option key={type} value={type}>
            {type}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-1.5 right-2 size-4 text-ink-faint" />
    </span>
  )
}
