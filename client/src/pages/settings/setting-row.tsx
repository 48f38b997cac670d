import { RotateCcw, Undo2 } from 'lucide-react'
import { useId } from 'react'
import type { SettingInfo } from '../../../../shared/api.ts'
import { Badge } from '../../components/badge.tsx'
import { Button } from '../../components/button.tsx'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { ChangedBy } from './changed-by.tsx'
import { SettingControl } from './setting-control.tsx'
import { draftOf, readDraft, type Draft } from './setting-draft.ts'
import { settingsWords } from './words.ts'

interface SettingRowProps {
  setting: SettingInfo
  /** What is typed and not saved; undefined when nothing is. */
  draft: Draft | undefined
  /** Why the server did not take it. */
  refusal: string | undefined
  onChange: (draft: Draft) => void
}

/** One setting: what it does, its control, its limits, and who changed it when. */
export function SettingRow({ setting, draft, refusal, onChange }: SettingRowProps) {
  const words = usePageWords(settingsWords)
  const locale = useLocale()
  const id = useId()
  const isAdmin = useIsAdmin()
  const { key, value, default: initial } = setting
  const text = words.settings[key] ?? { name: key, help: setting.description ?? '' }
  const shown = draft ?? draftOf(value)
  const read = readDraft(setting, shown)
  const limits = limitsOf(setting, words, locale)
  const fault = refusal ?? (read.ok ? undefined : words.faults[read.fault](limits))
  const isDefault = read.ok && JSON.stringify(read.value) === JSON.stringify(initial)
  return (
    <div
      data-setting={key}
      className="grid gap-x-8 gap-y-3 px-4 py-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)] lg:items-start"
    >
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex flex-wrap items-center gap-2">
          <label htmlFor={id} className="font-medium">
            {text.name}
          </label>
          {draft !== undefined && <Badge meaning="warn">{words.notSaved}</Badge>}
        </div>
        <p id={`${id}-help`} className="max-w-140 text-row text-ink-soft">
          {text.help}
        </p>
        <p className="flex flex-wrap gap-x-3 text-small text-ink-faint">
          <code className="font-mono">{key}</code>
          <ChangedBy setting={setting} />
        </p>
      </div>
      <div className="flex min-w-0 flex-col gap-1.5">
        <SettingControl
          id={id}
          setting={setting}
          draft={shown}
          unit={setting.unit === null ? null : (words.units[setting.unit] ?? setting.unit)}
          isFaulty={fault !== undefined}
          disabled={!isAdmin}
          onChange={onChange}
        />
        <p id={`${id}-note`} className={`text-small ${fault === undefined ? 'text-ink-faint' : 'text-bad-text'}`}>
          {fault ?? [limits, words.default(valueText(initial, words, locale))].filter(Boolean).join(' · ')}
        </p>
        {isAdmin && (draft !== undefined || !isDefault) && (
          <div className="-ml-2 flex flex-wrap gap-1">
            {draft !== undefined && (
              <Button look="ghost" size="small" onClick={() => onChange(draftOf(value))}>
                <Undo2 aria-hidden className="size-3.5" />
                {words.revert}
              </Button>
            )}
            {!isDefault && (
              <Button
                look="ghost"
                size="small"
                aria-label={words.resetNamed(text.name)}
                onClick={() => onChange(draftOf(initial))}
              >
                <RotateCcw aria-hidden className="size-3.5" />
                {words.reset}
              </Button>
            )}
          </div>
        )}
      </div>
    </div>
  )
}

type Words = (typeof settingsWords)['en']

function limitsOf({ min, max }: SettingInfo, words: Words, locale: string): string {
  return min === null || max === null ? '' : words.limits(exactly(min, locale), exactly(max, locale))
}

/** A limit must not be rounded: 0.001 is not 0. */
function exactly(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(value)
}

function valueText(value: SettingInfo['default'], words: Words, locale: string): string {
  if (typeof value === 'boolean') return value ? words.on : words.off
  if (typeof value === 'number') return exactly(value, locale)
  if (Array.isArray(value)) return value.length === 0 ? words.none : value.join(', ')
  return value ?? words.none
}
