import type { SettingInfo } from '../../../../shared/api.ts'
import { usePageWords } from '../../lib/language.ts'
import type { Draft } from './setting-draft.ts'
import { settingsWords } from './words.ts'

interface SettingControlProps {
  id: string
  setting: SettingInfo
  draft: Draft
  /** In the reader's words. */
  unit: string | null
  isFaulty: boolean
  disabled: boolean
  onChange: (draft: Draft) => void
}

/** A switch, a number with its unit, or a list with one item a line. */
export function SettingControl(props: SettingControlProps) {
  const { id, draft, setting, isFaulty, disabled } = props
  const tied = {
    id,
    disabled,
    'aria-invalid': isFaulty,
    'aria-describedby': `${id}-help ${id}-note`,
  }
  const look = `w-full rounded-control border bg-panel px-3 font-mono text-row transition-colors hover:border-line-strong disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-soft ${isFaulty ? 'border-bad-line' : 'border-line'}`
  if (typeof draft === 'boolean') return <Switch {...props} on={draft} tied={tied} />
  if (setting.type === 'list') {
    return (
      <textarea
        {...tied}
        value={draft}
        rows={Math.min(6, Math.max(2, draft.split('\n').length))}
        onChange={(event) => props.onChange(event.target.value)}
        spellCheck={false}
        autoComplete="off"
        className={`${look} resize-y py-2`}
      />
    )
  }
  return (
    <div className="flex items-center gap-2">
      <input
        {...tied}
        type="text"
        inputMode="decimal"
        value={draft}
        onChange={(event) => props.onChange(event.target.value)}
        autoComplete="off"
        className={`${look} h-9 max-w-44 text-right tabular-nums`}
      />
      {props.unit !== null && <span className="text-row text-ink-soft">{props.unit}</span>}
    </div>
  )
}

interface SwitchProps extends SettingControlProps {
  on: boolean
  tied: { id: string; disabled: boolean; 'aria-describedby': string }
}

function Switch({ on, tied: { id, disabled, 'aria-describedby': describedBy }, onChange }: SwitchProps) {
  const words = usePageWords(settingsWords)
  return (
    <button
      id={id}
      type="button"
      role="switch"
      aria-checked={on}
      aria-describedby={describedBy}
      disabled={disabled}
      onClick={() => onChange(!on)}
      className="group flex h-9 w-fit items-center gap-2.5 rounded-control pr-2 text-row disabled:cursor-not-allowed"
    >
      <span
        aria-hidden
        className="flex h-5 w-9 items-center rounded-round border border-line-strong bg-sunken px-0.5 transition-colors group-aria-checked:border-accent group-aria-checked:bg-accent group-disabled:opacity-60"
      >
        <span className="size-3.5 rounded-round bg-ink-faint transition-transform group-aria-checked:translate-x-4 group-aria-checked:bg-accent-ink" />
      </span>
      {on ? words.on : words.off}
    </button>
  )
}
