import type { ReactNode } from 'react'
import { formatExact } from '../lib/format.ts'
import { useLocale, useWords } from '../lib/language.ts'
import { Button } from './button.tsx'

interface PickBarProps {
  count: number
  onClear: () => void
  /** What can be done to the picked rows. */
  children: ReactNode
}

/** Stands at the foot of the page while rows are picked. */
export function PickBar({ count, onClear, children }: PickBarProps) {
  const { list } = useWords()
  const locale = useLocale()
  return (
    <div
      role="region"
      aria-label={list.picked(formatExact(count, locale))}
      className="sticky bottom-4 z-10 mx-auto flex w-fit max-w-full flex-wrap items-center gap-2 rounded-card border border-line-strong bg-panel py-2 pr-2 pl-4 shadow-float"
    >
      <span aria-live="polite" className="text-row font-medium tabular-nums">
        {list.picked(formatExact(count, locale))}
      </span>
      <Button look="ghost" size="small" onClick={onClear}>
        {list.unpick}
      </Button>
      {children}
    </div>
  )
}
