import { CircleAlert, CircleCheck, Clock } from 'lucide-react'
import type { Receipt } from '../../../../shared/api.ts'
import type { ScheduledReceipt } from '../../../../shared/scheduled.ts'
import { Link } from '../../components/link.tsx'
import { formatExact, formatMillis, formatMoment, formatTime } from '../../lib/format.ts'
import { useLocale, usePageWords, useWords } from '../../lib/language.ts'
import { tellError } from '../../lib/tell-error.ts'
import { Card } from './card.tsx'
import { publishWords } from './words.ts'

/** What became of one message. */
export type Outcome =
  | { key: number; kind: 'done'; receipt: Receipt | ScheduledReceipt; tookMs: number }
  | { key: number; kind: 'failed'; channel: string; error: Error }

/** What was published from this page, newest first. */
export function Outcomes({ outcomes }: { outcomes: readonly Outcome[] }) {
  const { outcomes: words } = usePageWords(publishWords)
  return (
    <Card title={words.title}>
      {outcomes.length === 0 && <p className="text-ink-faint">{words.empty}</p>}
      <ol role="log" aria-live="polite" className="flex max-h-80 flex-col gap-3 overflow-y-auto empty:hidden">
        {outcomes.map((outcome) => (
          <li key={outcome.key} className="flex gap-2">
            <OutcomeLine outcome={outcome} />
          </li>
        ))}
      </ol>
    </Card>
  )
}

function OutcomeLine({ outcome }: { outcome: Outcome }) {
  const { outcomes: words } = usePageWords(publishWords)
  const allWords = useWords()
  const locale = useLocale()
  if (outcome.kind === 'failed') {
    return (
      <>
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad-text" />
        <div className="min-w-0">
          <p className="font-medium text-bad-text">{words.failed}</p>
          <p className="break-words text-ink-soft">{tellError(outcome.error, allWords)}</p>
        </div>
      </>
    )
  }
  const { receipt, tookMs } = outcome
  const took = formatMillis(tookMs, locale)
  if ('scheduledId' in receipt) {
    return (
      <>
        <Clock aria-hidden className="mt-0.5 size-4 shrink-0 text-info-text" />
        <div className="min-w-0">
          <p className="font-medium">{words.scheduled(formatMoment(receipt.deliverAt, locale))}</p>
          <p className="truncate font-mono text-small text-ink-soft">{receipt.channel}</p>
        </div>
      </>
    )
  }
  return (
    <>
      <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good-text" />
      <div className="min-w-0">
        <p className="font-medium">{words.sent(receipt.recipients, formatExact(receipt.recipients, locale))}</p>
        <p className="truncate font-mono text-small text-ink-soft">{receipt.channel}</p>
        <p className="text-small text-ink-faint tabular-nums">
          {formatTime(receipt.timestamp)}, {words.took(`${took.value} ${took.unit}`)}
          {', '}
          {receipt.id === undefined ? (
            words.ephemeral
          ) : (
            <Link
              href={`/messages?message=${encodeURIComponent(receipt.id)}`}
              title={words.show}
              className="font-mono text-accent-text hover:underline"
            >
              {receipt.id}
            </Link>
          )}
        </p>
      </div>
    </>
  )
}
