import { Ban, CircleCheck, CircleDashed, CircleX, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { DeliveryState } from '../../../../shared/webhooks.ts'
import { Badge } from '../../components/badge.tsx'
import { usePageWords } from '../../lib/language.ts'
import type { WebhookState } from './webhook-state.ts'
import { webhooksWords } from './words.ts'

type Meaning = 'good' | 'warn' | 'bad' | 'plain'

const OF_WEBHOOK: Record<WebhookState, [Meaning, LucideIcon]> = {
  active: ['good', CircleCheck],
  failing: ['warn', TriangleAlert],
  off: ['plain', CircleDashed],
  stopped: ['bad', Ban],
}
const OF_DELIVERY: Record<DeliveryState, [Meaning, LucideIcon]> = {
  delivered: ['good', CircleCheck],
  waiting: ['warn', CircleDashed],
  failed: ['bad', CircleX],
}

/** How a webhook fares, in a word. */
export function WebhookBadge({ state }: { state: WebhookState }) {
  const [meaning, Icon] = OF_WEBHOOK[state]
  return (
    <StateBadge meaning={meaning} Icon={Icon}>
      {usePageWords(webhooksWords).states[state]}
    </StateBadge>
  )
}

/** What came of a delivery, in a word. */
export function DeliveryBadge({ state }: { state: DeliveryState }) {
  const [meaning, Icon] = OF_DELIVERY[state]
  return (
    <StateBadge meaning={meaning} Icon={Icon}>
      {usePageWords(webhooksWords).deliveries.states[state]}
    </StateBadge>
  )
}

function StateBadge({ meaning, Icon, children }: { meaning: Meaning; Icon: LucideIcon; children: string }) {
  return (
    <Badge meaning={meaning}>
      <span className="flex items-center gap-1">
        <Icon aria-hidden className="size-3 shrink-0" />
        {children}
      </span>
    </Badge>
  )
}
