import { CircleCheck } from 'lucide-react'
import { useId, useRef, type UIEvent } from 'react'
import { formatBytes } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import type { ContentFault } from './check-publish.ts'
import { publishWords } from './words.ts'

const MIN_LINES = 10
const MAX_LINES = 28

interface JsonEditorProps {
  text: string
  fault: ContentFault | null
  onText: (text: string) => void
}

/** A field for JSON with numbered lines; the one where it goes wrong is marked, and what is wrong said below. */
export function JsonEditor({ text, fault, onText }: JsonEditorProps) {
  const { editor: words } = usePageWords(publishWords)
  const locale = useLocale()
  const id = useId()
  const gutter = useRef<HTMLDivElement>(null)
  const lines = text.split('\n').length
  const wrongLine = fault?.kind === 'json' ? fault.line : null
  const { value, unit } = formatBytes(new TextEncoder().encode(text).length, locale)

  function follow(event: UIEvent<HTMLTextAreaElement>) {
    if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop
  }

  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="text-row font-medium text-ink-soft">
        {words.message}
      </label>
      <div
        className={`flex overflow-hidden rounded-control border bg-sunken font-mono text-row transition-colors focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent-line ${fault ? 'border-bad-line' : 'border-line'}`}
      >
        <div
          ref={gutter}
          aria-hidden
          className="shrink-0 overflow-hidden border-r border-line py-2 text-right text-ink-faint tabular-nums select-none"
        >
          {Array.from({ length: lines }, (_, i) => (
            <div
              key={i}
              className={`min-w-10 px-2 leading-5 ${i + 1 === wrongLine ? 'bg-bad-fill font-semibold text-bad-text' : ''}`}
            >
              {i + 1}
            </div>
          ))}
        </div>
        <textarea
          id={id}
          value={text}
          onChange={(event) => onText(event.target.value)}
          onScroll={follow}
          rows={Math.min(MAX_LINES, Math.max(MIN_LINES, lines + 1))}
          wrap="off"
          spellCheck={false}
          autoCapitalize="none"
          aria-invalid={fault !== null}
          aria-describedby={`${id}-note`}
          className="min-w-0 flex-1 resize-none bg-panel px-3 py-2 leading-5 focus:outline-none"
        />
      </div>
      <p
        id={`${id}-note`}
        aria-live="polite"
        data-testid="json-note"
        className={`flex items-center gap-1.5 text-small ${fault ? 'text-bad-text' : 'text-ink-faint'}`}
      >
        {fault ? (
          tellFault(fault, words)
        ) : (
          <>
            <CircleCheck aria-hidden className="size-3.5 shrink-0 text-good-text" />
            {words.valid(`${value} ${unit}`)}. {words.messageHelp}
          </>
        )}
      </p>
    </div>
  )
}

type EditorWords = (typeof publishWords)['en']['editor']

function tellFault(fault: ContentFault, words: EditorWords): string {
  switch (fault.kind) {
    case 'json':
      return words.fault(fault.line, fault.column, words.faults[fault.fault](fault.found))
    case 'not_object':
      return words.notObject
    case 'reserved':
      return words.reserved(fault.type)
    case 'own_channel':
      return words.ownChannel
  }
}
