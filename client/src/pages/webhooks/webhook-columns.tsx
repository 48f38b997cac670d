import type { Webhook } from '../../../../shared/webhooks.ts'
import { Badge } from '../../components/badge.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import type { Column } from '../../components/table.tsx'
import { formatCount, formatExact } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { WebhookBadge } from './state-badges.tsx'
import { WEBHOOK_STATES, webhookState } from './webhook-state.ts'
import { webhooksWords } from './words.ts'

const SHOWN_EVENTS = 2

/** The columns of the webhooks. */
export function useWebhookColumns(): Column<Webhook>[] {
  const { columns, never } = usePageWords(webhooksWords)
  return [
    {
      key: 'name',
      head: columns.name,
      wide: true,
      sortBy: (webhook) => webhook.name,
      cell: (webhook) => (
        <span className="flex min-w-0 flex-col">
          <span className="font-medium wrap-anywhere">{webhook.name}</span>
          <span className="truncate font-mono text-small text-ink-faint" title={webhook.url}>
            {webhook.url}
          </span>
        </span>
      ),
    },
    { key: 'events', head: columns.events, rem: 17, cell: (webhook) => <Events webhook={webhook} /> },
    {
      key: 'state',
      head: columns.state,
      rem: 8.5,
      // The worst first.
      sortBy: (webhook) => -WEBHOOK_STATES.indexOf(webhookState(webhook)),
      cell: (webhook) => <WebhookBadge state={webhookState(webhook)} />,
    },
    {
      key: 'waiting',
      head: columns.waiting,
      rem: 6.5,
      right: true,
      sortBy: (webhook) => webhook.waiting,
      cell: (webhook) => <Count count={webhook.waiting} />,
    },
    {
      key: 'failed',
      head: columns.failed,
      rem: 7,
      right: true,
      sortBy: (webhook) => webhook.failed,
      cell: (webhook) => <Count count={webhook.failed} />,
    },
    {
      key: 'delivered',
      head: columns.lastSuccess,
      rem: 9.5,
      sortBy: (webhook) => (webhook.lastSuccessAt === null ? null : Date.parse(webhook.lastSuccessAt)),
      cell: (webhook) => <RelativeTime at={webhook.lastSuccessAt} none={never} />,
    },
  ]
}

function Count({ count }: { count: number }) {
  const locale = useLocale()
  return (
    <span className={count === 0 ? 'text-ink-faint' : ''} title={formatExact(count, locale)}>
      {formatCount(count, locale)}
    </span>
  )
}

function Events({ webhook: { events } }: { webhook: Webhook }) {
  const words = usePageWords(webhooksWords)
  const rest = events.length - SHOWN_EVENTS
  return (
    <span className="flex flex-wrap gap-1" title={events.join('\n')}>
      {events.slice(0, SHOWN_EVENTS).map((event) => (
        <Badge key={event} code>
          {event}
        </Badge>
      ))}
      {rest > 0 && <Badge>{words.moreEvents(rest)}</Badge>}
    </span>
  )
}
