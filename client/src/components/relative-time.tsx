import { formatMoment } from '../lib/format.ts'
import { formatRelative } from '../lib/format-relative.ts'
import { useLocale } from '../lib/language.ts'
import { useNow } from '../lib/use-now.ts'

const RENEWED_EVERY_MS = 30_000

/** A moment as seen from now, in full on hover; `none` stands for one that never came. */
export function RelativeTime({ at, none }: { at: string | null; none: string }) {
  const locale = useLocale()
  const now = useNow(RENEWED_EVERY_MS)
  if (at === null) return <span className="text-ink-faint">{none}</span>
  return (
    <time dateTime={at} title={formatMoment(at, locale)}>
      {formatRelative(Date.parse(at), now, locale)}
    </time>
  )
}
