import type { ReactNode } from 'react'

/** One key, as it is printed on keyboards. */
export function KeyCap({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-control border border-line-strong bg-panel px-1 font-sans text-small text-ink-soft">
      {children}
    </kbd>
  )
}
