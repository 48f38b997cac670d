import { Link } from '../../components/link.tsx'
import { formatCount } from '../../lib/format.ts'
import { useLocale, usePageWords, useWords } from '../../lib/language.ts'
import { useChannels } from '../channels/use-channels.ts'
import { Card } from './card.tsx'
import { overviewWords } from './words.ts'

const SHOWN = 6

/** The channels that most goes through now. */
export function Busiest() {
  const { units } = useWords()
  const { busiest: words } = usePageWords(overviewWords)
  const locale = useLocale()
  const query = useChannels('messagesPerSecond')
  const busy = (query.data ?? [])
    .filter(({ messagesPerSecond }) => messagesPerSecond > 0)
    .toSorted((a, b) => b.messagesPerSecond - a.messagesPerSecond)
    .slice(0, SHOWN)
  const most = busy[0]?.messagesPerSecond ?? 1
  return (
    <Card
      title={words.title}
      href="/channels?sort=-rate"
      all={words.all}
      query={query}
      empty={busy.length === 0 && words.empty}
    >
      <ul className="flex flex-col py-1">
        {busy.map(({ name, subscribers, messagesPerSecond }) => (
          <li key={name}>
            <Link
              href={`/channels?channel=${encodeURIComponent(name)}`}
              className="relative flex h-9 items-center gap-3 px-4 -outline-offset-2 hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate font-mono text-small">{name}</span>
              <span className="text-small text-ink-faint tabular-nums">
                {words.subscribers(subscribers, formatCount(subscribers, locale))}
              </span>
              <meter
                aria-hidden
                min={0}
                max={most}
                value={messagesPerSecond}
                className="h-1.5 w-14 [&::-moz-meter-bar]:bg-accent-line [&::-webkit-meter-optimum-value]:bg-accent-line max-sm:hidden"
              />
              <span className="w-16 text-right text-row font-medium tabular-nums">
                {formatCount(messagesPerSecond, locale)}
                <span className="text-small font-normal text-ink-faint">{units.perSecond}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}
