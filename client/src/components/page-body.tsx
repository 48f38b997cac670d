import type { ReactNode } from 'react'

/** A page's content, below one line that says what it is for. */
export function PageBody({ lead, children }: { lead: string; children: ReactNode }) {
  return (
    <div className="mx-auto flex w-full max-w-[1440px] flex-col gap-4 p-4 sm:px-6">
      <p className="max-w-180 text-row text-ink-soft">{lead}</p>
      {children}
    </div>
  )
}
