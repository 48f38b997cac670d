import type { WebhookDelivery } from '../../../../shared/webhooks.ts'
import { RelativeTime } from '../../components/relative-time.tsx'
import { usePageWords } from '../../lib/language.ts'
import { openPanel } from '../../lib/router.ts'
import { DELIVERY } from './panel-names.ts'
import { DeliveryBadge } from './state-badges.tsx'
import { webhooksWords } from './words.ts'

/** One delivery in a line or two; opens it. */
export function DeliveryRow({ delivery }: { delivery: WebhookDelivery }) {
  const { deliveries: words } = usePageWords(webhooksWords)
  const { id, event, subject, state, lastStatus, attempts, createdAt } = delivery
  return (
    <li className="border-b border-line last:border-b-0">
      <button
        type="button"
        onClick={() => openPanel(DELIVERY, id)}
        className="flex w-full items-center gap-3 px-3 py-2 text-left transition-colors hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="truncate font-mono text-small font-medium">{event}</span>
          <span className="truncate font-mono text-small text-ink-faint" title={subject}>
            {subject}
          </span>
        </span>
        <span className="flex shrink-0 flex-col items-end gap-0.5">
          <DeliveryBadge state={state} />
          <span className="text-small text-ink-faint tabular-nums">
            {lastStatus !== null && `${lastStatus} · `}
            {attempts > 1 && `${words.attempts(attempts)} · `}
            <RelativeTime at={createdAt} none="" />
          </span>
        </span>
      </button>
    </li>
  )
}
