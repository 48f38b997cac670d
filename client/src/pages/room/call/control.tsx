import type { LucideIcon } from 'lucide-react'
import type { Ref } from 'react'

const LOOKS = {
  plain: 'bg-panel border-line-strong text-ink group-hover:bg-hover',
  off: 'bg-bad-fill border-bad-line text-bad-text group-hover:bg-hover',
  active: 'bg-accent border-transparent text-accent-ink group-hover:bg-accent-strong',
  danger: 'bg-danger border-transparent text-accent-ink group-hover:bg-danger-strong',
} as const

interface ControlProps {
  icon: LucideIcon
  /** In full, with its key. */
  label: string
  /** Under the icon where there is room. */
  word: string
  look?: keyof typeof LOOKS
  /** Whether a switch is on, or what it opens is open. */
  pressed?: boolean
  expanded?: boolean
  shortcut?: string
  disabled?: boolean
  /** A number at its corner; none for 0. */
  count?: number
  className?: string
  onClick: () => void
  ref?: Ref<HTMLButtonElement>
}

/** One button of the bar: an icon of 44 px, and a word under it on wide screens. */
export function Control({ icon: Icon, label, word, look = 'plain', count = 0, className = '', ...rest }: ControlProps) {
  const { pressed, expanded, shortcut, ...button } = rest
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-keyshortcuts={shortcut}
      className={`group flex min-w-11 flex-col items-center gap-1 rounded-card text-small text-ink-soft disabled:opacity-50 sm:min-w-16 ${className}`}
      {...button}
    >
      <span
        className={`relative flex h-11 w-11 items-center justify-center rounded-round border transition-colors sm:w-14 ${LOOKS[look]}`}
      >
        <Icon aria-hidden className="size-5" />
        {count > 0 && (
          <span className="absolute -top-1 -right-1 min-w-5 rounded-round bg-danger px-1 text-center text-small font-semibold text-accent-ink tabular-nums">
            {count > 99 ? '99+' : count}
          </span>
        )}
      </span>
      <span aria-hidden className="hidden max-w-20 truncate sm:block">
        {word}
      </span>
    </button>
  )
}
