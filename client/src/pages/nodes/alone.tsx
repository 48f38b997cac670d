import { Server } from 'lucide-react'
import { Blank } from '../../components/blank.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { usePageWords } from '../../lib/language.ts'
import { nodesWords } from './words.ts'

const COMMAND = ['DATABASE_URL=postgres://… \\', 'JWT_SECRET=… API_KEY=yk_… \\', 'HOST=0.0.0.0 npm start'].join('\n')

/** Shown when there is one node: how to add another. */
export function Alone() {
  const { alone } = usePageWords(nodesWords)
  return (
    <section className="rounded-card border border-line bg-panel">
      <Blank icon={<Server aria-hidden className="size-5" />} title={alone.title} lead={alone.lead}>
        <div className="flex w-full max-w-120 flex-col items-end gap-2 rounded-card border border-line bg-sunken p-3 text-left">
          <pre
            aria-label={alone.command}
            className="w-full font-mono text-small break-words whitespace-pre-wrap text-ink"
          >
            {COMMAND}
          </pre>
          <CopyButton text={COMMAND} />
        </div>
        <p className="text-small text-ink-faint">{alone.hint}</p>
      </Blank>
    </section>
  )
}
