import { X } from 'lucide-react'
import { useWords } from '../lib/language.ts'
import { useLive } from '../lib/live.ts'
import { useValue } from '../lib/value.ts'
import { IconButton } from './button.tsx'
import { Notice } from './notice.tsx'

/** Says what a reconnect could not bring back, until it is dismissed. */
export function GapNotice() {
  const { gap: words, actions } = useWords()
  const { gap } = useLive()
  const missed = useValue(gap)
  if (missed === null) return null
  const dismiss = (
    <IconButton label={actions.dismiss} className="-my-1.5 text-warn-text" onClick={() => gap.set(null)}>
      <X aria-hidden className="size-4" />
    </IconButton>
  )
  return (
    <Notice meaning="warn" action={dismiss}>
      <p className="font-medium">{words.title}</p>
      <p>{words.reasons[missed.reason]}</p>
      <p className="font-mono text-small">{words.range(missed.from, missed.to)}</p>
    </Notice>
  )
}
