import type { ReactNode } from 'react'
import { Logo } from './logo.tsx'
import { Preferences } from './preferences.tsx'

interface EntryPageProps {
  title: string
  lead: string
  foot?: string
  children?: ReactNode
}

/** A page before the dashboard: one narrow column around one form. */
export function EntryPage({ title, lead, foot, children }: EntryPageProps) {
  return (
    <div className="flex min-h-full flex-col">
      <div className="flex justify-end gap-0.5 p-3">
        <Preferences />
      </div>
      <main className="mx-auto flex w-full max-w-90 flex-1 flex-col justify-center gap-6 px-4 pb-24">
        <div className="flex flex-col items-center gap-3 text-center">
          <Logo className="size-10" />
          <div className="min-w-0 max-w-full">
            <h1 className="text-figure font-semibold tracking-tight text-balance">{title}</h1>
            <p className="text-balance break-words text-ink-soft">{lead}</p>
          </div>
        </div>
        {children}
        {foot !== undefined && <p className="text-center text-row text-balance text-ink-faint">{foot}</p>}
      </main>
    </div>
  )
}
