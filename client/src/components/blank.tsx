import type { ReactNode } from 'react'

interface BlankProps {
  icon: ReactNode
  title: string
  lead: string
  children?: ReactNode
}

/** Stands where there is nothing to show: what this is, and the one thing to do. */
export function Blank({ icon, title, lead, children }: BlankProps) {
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-3 overflow-y-auto px-4 py-8 text-center">
      <span className="flex size-10 items-center justify-center rounded-card border border-line bg-sunken text-ink-faint">
        {icon}
      </span>
      <div>
        <p className="font-semibold">{title}</p>
        <p className="text-row break-words text-ink-soft">{lead}</p>
      </div>
      {children}
    </div>
  )
}
