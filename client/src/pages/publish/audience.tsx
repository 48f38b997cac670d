import { formatExact } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { useSettled } from '../../lib/use-settled.ts'
import { useChannel } from '../../lib/use-channel.ts'
import { Card } from './card.tsx'
import { publishWords } from './words.ts'

/** A name is asked for once it is typed. */
const SETTLE_MS = 250

/** Who follows the channel now, live; null while it is no channel. */
export function Audience({ channel, isLater }: { channel: string | null; isLater: boolean }) {
  const { audience: words } = usePageWords(publishWords)
  const locale = useLocale()
  const { data, isError } = useChannel(useSettled(channel, SETTLE_MS))
  const exact = (value: number) => formatExact(value, locale)
  if (channel === null) return null
  return (
    <Card title={words.title}>
      <div aria-live="polite" className="flex flex-col gap-1">
        {isError && data === undefined && <p className="text-bad-text">{words.failed}</p>}
        {data?.subscribers === 0 && (
          <>
            <p className="font-medium">{words.none}</p>
            <p className="text-ink-soft">{words.noneLead}</p>
          </>
        )}
        {data !== undefined && data.subscribers > 0 && (
          <>
            <p className="font-medium tabular-nums">{words.some(data.subscribers, exact(data.subscribers))}</p>
            <p className="text-ink-soft tabular-nums">
              {words.split(exact(data.audience.byName), exact(data.audience.byPattern))}
            </p>
            {data.audience.users > 0 && (
              <p className="text-ink-soft tabular-nums">
                {words.users(data.audience.users, exact(data.audience.users))}:{' '}
                {words.names(
                  data.audience.names.join(', '),
                  data.audience.users > data.audience.names.length ? words.andMore : '',
                )}
              </p>
            )}
            {isLater && <p className="text-small text-ink-faint">{words.later}</p>}
          </>
        )}
        {data === undefined && !isError && <span className="h-5 w-32 animate-shimmer rounded-control bg-line" />}
      </div>
    </Card>
  )
}
