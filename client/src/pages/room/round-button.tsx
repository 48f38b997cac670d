import type { ComponentProps } from 'react'

const LOOKS = {
  plain: 'bg-panel text-ink border-line-strong hover:bg-hover',
  /** A device of one's own that is off: seen from afar. */
  off: 'bg-danger text-accent-ink border-transparent hover:bg-danger-strong',
  active: 'bg-accent text-accent-ink border-transparent hover:bg-accent-strong',
  ghost: 'bg-transparent text-ink-soft border-transparent hover:bg-hover hover:text-ink',
} as const

interface RoundButtonProps extends ComponentProps<'button'> {
  /** Read aloud and shown on hover. */
  label: string
  look?: keyof typeof LOOKS
}

/** A round button of 44 px that shows an icon. */
export function RoundButton({ label, look = 'plain', className = '', ...props }: RoundButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`relative inline-flex size-11 shrink-0 items-center justify-center rounded-round border transition-colors disabled:cursor-not-allowed disabled:opacity-50 ${LOOKS[look]} ${className}`}
      {...props}
    />
  )
}
