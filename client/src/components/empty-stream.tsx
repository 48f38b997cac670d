import { Radio, SearchX } from 'lucide-react'
import { hubUrl } from '../lib/base.ts'
import { useWords } from '../lib/language.ts'
import { useIsAdmin } from '../lib/user.ts'
import { Blank } from './blank.tsx'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'

/** Shown before the first message: what this is, and the line that sends one. */
export function EmptyStream() {
  const { stream } = useWords()
  const lead = useIsAdmin() ? stream.emptyLead : stream.emptyLeadViewer
  const command = firstMessageCommand(hubUrl())
  return (
    <Blank icon={<Radio aria-hidden className="size-5" />} title={stream.emptyTitle} lead={lead}>
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

function firstMessageCommand(origin: string): string {
  return [
    `curl ${origin}/api/broadcast \\`,
    `  -H "Authorization: Bearer $KEY" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{"text": "Hello"}'`,
  ].join('\n')
}
