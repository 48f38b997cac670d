import type { ReactNode } from 'react'

interface CardProps {
  title: string
  /** At the right of the title. */
  action?: ReactNode
  children: ReactNode
}

/** One matter beside the editor. */
export function Card({ title, action, children }: CardProps) {
  return (
    <section aria-label={title} className="rounded-card border border-line bg-panel">
      <div className="flex min-h-11 items-center gap-2 border-b border-line py-1.5 pr-2 pl-4">
        <h2 className="min-w-0 flex-1 font-semibold">{title}</h2>
        {action}
      </div>
      <div className="p-4 text-row">{children}</div>
    </section>
  )
}
