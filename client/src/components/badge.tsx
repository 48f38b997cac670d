import type { ReactNode } from 'react'

const MEANINGS = {
  good: 'border-good-line/40 bg-good-fill text-good-text',
  warn: 'border-warn-line/40 bg-warn-fill text-warn-text',
  bad: 'border-bad-line/40 bg-bad-fill text-bad-text',
  plain: 'border-line bg-sunken text-ink-soft',
} as const

interface BadgeProps {
  meaning?: keyof typeof MEANINGS
  title?: string
  /** Set in the letters of code. */
  code?: boolean
  children: ReactNode
}

/** One word in a pill. */
export function Badge({ meaning = 'plain', title, code = false, children }: BadgeProps) {
  return (
    <span
      title={title}
      className={`inline-flex h-5 max-w-full items-center rounded-control border px-1.5 text-small whitespace-nowrap ${code ? 'font-mono' : 'font-medium'} ${MEANINGS[meaning]}`}
    >
      <span className="truncate">{children}</span>
    </span>
  )
}
