import { Figure, FigureSkeleton } from '../../components/figure.tsx'
import { Notice } from '../../components/notice.tsx'
import { formatBytes, formatCount, formatExact, formatMoment } from '../../lib/format.ts'
import { formatRelative } from '../../lib/format-relative.ts'
import { useLocale, usePageWords, useWords } from '../../lib/language.ts'
import { useNow } from '../../lib/use-now.ts'
import { useChannel } from '../../lib/use-channel.ts'
import { channelsWords } from './words.ts'

const RENEWED_EVERY_MS = 5000

/** A channel in five figures, live. */
export function ChannelFigures({ name }: { name: string }) {
  const { figures: words } = usePageWords(channelsWords)
  const { units, list } = useWords()
  const locale = useLocale()
  const now = useNow(RENEWED_EVERY_MS)
  const { data, isError } = useChannel(name)
  if (isError && data === undefined) return <Notice meaning="bad">{words.failed}</Notice>
  const names = [words.subscribers, words.rate, words.size, words.kept, words.last]
  const frame =
    'grid grid-cols-2 gap-px overflow-hidden rounded-card border border-line bg-line sm:grid-cols-3 lg:grid-cols-5'
  if (data === undefined) {
    return (
      <dl className={frame}>
        {names.map((one) => (
          <FigureSkeleton key={one} name={one} />
        ))}
      </dl>
    )
  }
  const { audience, kept } = data
  const rate = formatBytes(data.bytesPerSecond, locale)
  const size = formatBytes(kept.bytes, locale)
  const exact = (value: number) => formatExact(value, locale)
  return (
    <dl aria-label={words.label} className={frame}>
      <Figure
        name={words.subscribers}
        value={formatCount(data.subscribers, locale)}
        exact={exact(data.subscribers)}
        note={words.audience(exact(audience.byName), exact(audience.byPattern))}
        stale={isError}
      />
      <Figure
        name={words.rate}
        value={formatCount(data.messagesPerSecond, locale)}
        unit={units.perSecond}
        note=""
        stale={isError}
      />
      <Figure name={words.size} value={rate.value} unit={`${rate.unit}${units.perSecond}`} note="" stale={isError} />
      <Figure
        name={words.kept}
        value={formatCount(kept.messages, locale)}
        exact={exact(kept.messages)}
        note={words.keptNote(`${size.value} ${size.unit}`)}
        stale={isError}
      />
      <Figure
        name={words.last}
        value={data.lastMessageAt === null ? list.never : formatRelative(Date.parse(data.lastMessageAt), now, locale)}
        note={data.lastMessageAt === null ? '' : formatMoment(data.lastMessageAt, locale)}
        stale={isError}
      />
    </dl>
  )
}
