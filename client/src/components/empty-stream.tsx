import { Radio, SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWords } from '../lib/language.ts'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'

/** Shown before the first message: what this is, and the line that sends one. */
export function EmptyStream() {
  const { stream } = useWords()
  const command = firstMessageCommand(location.origin)
  return (
    <Blank icon={<Radio aria-hidden className="size-5" />} title={stream.emptyTitle} lead={stream.emptyLead}>
      <div className="flex w-full max-w-140 flex-col items-end gap-2 rounded-card border border-line bg-sunken p-3 text-left">
        <pre
          className="w-full font-mono text-small break-words whitespace-pre-wrap text-ink"
          data-testid="first-message"
        >
          {command}
        </pre>
        <CopyButton text={command} />
      </div>
      <p className="text-small text-ink-faint">{stream.emptyKey}</p>
    </Blank>
  )
}

/** Shown when messages have come, but none through the channels asked for. */
export function NoMatch({ filter, onShowAll }: { filter: string; onShowAll: () => void }) {
  const { stream } = useWords()
  return (
    <Blank
      icon={<SearchX aria-hidden className="size-5" />}
      title={stream.noMatchTitle}
      lead={stream.noMatchLead(filter)}
    >
      <Button size="small" onClick={onShowAll}>
        {stream.showAll}
      </Button>
    </Blank>
  )
}

interface BlankProps {
  icon: ReactNode
  title: string
  lead: string
  children: ReactNode
}

function Blank({ icon, title, lead, children }: BlankProps) {
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

function firstMessageCommand(origin: string): string {
  return [
    `curl ${origin}/api/broadcast \\`,
    `  -H "Authorization: Bearer $KEY" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{"text": "Hello"}'`,
  ].join('\n')
}
