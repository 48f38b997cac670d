import { ArrowUp } from 'lucide-react'
import { formatCount } from '../lib/format.ts'
import { useLocale, useWords } from '../lib/language.ts'

/** Tells how many newer rows wait, and shows them; nothing while none do. */
export function NewRows({ count, onShow }: { count: number; onShow: () => void }) {
  const { stream: words } = useWords()
  const locale = useLocale()
  if (count === 0) return null
  return (
    <button
      type="button"
      onClick={onShow}
      className="pointer-events-auto inline-flex h-8 items-center gap-1.5 rounded-round bg-accent px-3.5 text-row font-medium text-accent-ink tabular-nums shadow-float transition-colors hover:bg-accent-strong"
    >
      <ArrowUp aria-hidden className="size-3.5" />
      {words.waiting(formatCount(count, locale))}
    </button>
  )
}
