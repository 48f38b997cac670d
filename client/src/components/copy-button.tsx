import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { copyText } from '../lib/copy-text.ts'
import { useWords } from '../lib/language.ts'
import { Button } from './button.tsx'

const SHOWN_MS = 1600

/** Copies text, and says that it has. */
export function CopyButton({ text }: { text: string }) {
  const { actions } = useWords()
  const [copied, setCopied] = useState(false)

  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])

  const Icon = copied ? Check : Copy
  return (
    <Button size="small" onClick={() => void copyText(text).then(setCopied)}>
      <Icon aria-hidden className={`size-3.5 ${copied ? 'text-good-text' : ''}`} />
      <span aria-live="polite">{copied ? actions.copied : actions.copy}</span>
    </Button>
  )
}
