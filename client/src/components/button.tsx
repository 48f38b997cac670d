import type { ComponentProps } from 'react'

const LOOKS = {
  primary:
    'bg-accent text-accent-ink hover:bg-accent-strong disabled:bg-line disabled:text-ink-faint border-transparent',
  secondary: 'bg-panel text-ink border-line-strong hover:bg-hover disabled:text-ink-faint disabled:border-line',
  danger:
    'bg-danger text-accent-ink hover:bg-danger-strong disabled:bg-line disabled:text-ink-faint border-transparent',
  ghost: 'text-ink-soft hover:text-ink hover:bg-hover border-transparent disabled:text-ink-faint',
} as const

interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof LOOKS
  /** `small` stands in a line of text or a table's head. */
  size?: 'small' | 'medium'
}

export function Button({ look = 'secondary', size = 'medium', className = '', ...props }: ButtonProps) {
  const space = size === 'small' ? 'h-7 px-2.5 text-row' : 'h-9 px-3.5 text-body'
  return (
    <button
      type="button"
      className={`inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control border font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed ${space} ${LOOKS[look]} ${className}`}
      {...props}
    />
  )
}

interface IconButtonProps extends ComponentProps<'button'> {
  /** Read aloud and shown on hover. */
  label: string
}

/** A square button that shows an icon alone. */
export function IconButton({ label, className = '', ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-flex size-8 shrink-0 items-center justify-center rounded-control text-ink-soft transition-colors hover:bg-hover hover:text-ink disabled:cursor-not-allowed disabled:text-line-strong disabled:hover:bg-transparent ${className}`}
      {...props}
    />
  )
}
