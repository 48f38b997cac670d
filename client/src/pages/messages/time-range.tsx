import { ChevronDown } from 'lucide-react'
import { usePageWords } from '../../lib/language.ts'
import { setParams } from '../../lib/router.ts'
import { fromLocal, toLocal } from './local-time.ts'
import { messagesWords } from './words.ts'

const PRESETS_MINUTES = [15, 60, 1440, 10_080]
const INPUT = 'h-7 rounded-control border border-line bg-panel px-2 text-row hover:border-line-strong'

/** From when to when; a span chosen from the list is written out, so that a link shows the same tomorrow. */
export function TimeRange({ since, until }: { since: string; until: string }) {
  const { time: words } = usePageWords(messagesWords)
  const isSet = since !== '' || until !== ''

  function choose(value: string) {
    if (value === '') return setParams({ since: null, until: null })
    const minutes = value === 'custom' ? 60 : Number(value)
    setParams({ since: new Date(Date.now() - minutes * 60_000).toISOString(), until: null })
  }

  return (
    <div role="group" aria-label={words.label} className="flex flex-wrap items-center gap-2">
      <span className="relative">
        <select
          aria-label={words.label}
          value={isSet ? 'custom' : ''}
          onChange={(event) => choose(event.target.value)}
          className={`${INPUT} cursor-pointer appearance-none pr-7 ${isSet ? 'border-accent-line/50 bg-accent-fill text-accent-text' : 'text-ink-soft'}`}
        >
          <option value="">{words.any}</option>
          {PRESETS_MINUTES.map((minutes) => (
            <option key={minutes} value={minutes}>
              {words.presets[minutes]}
            </option>
          ))}
          <option value="custom">{words.custom}</option>
        </select>
        <ChevronDown aria-hidden className="pointer-events-none absolute top-1.5 right-2 size-4 text-ink-faint" />
      </span>
      {isSet && (
        <>
          <input
            type="datetime-local"
            step={1}
            aria-label={words.since}
            value={toLocal(since)}
            onChange={(event) => setParams({ since: fromLocal(event.target.value) })}
            className={INPUT}
          />
          <input
            type="datetime-local"
            step={1}
            aria-label={words.until}
            value={toLocal(until)}
            onChange={(event) => setParams({ until: fromLocal(event.target.value) })}
            className={INPUT}
          />
        </>
      )}
    </div>
  )
}
