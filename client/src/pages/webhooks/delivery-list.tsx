import { Inbox } from 'lucide-react'
import { useState } from 'react'
import { DELIVERY_STATES, type DeliveryState, type Webhook } from '../../../../shared/webhooks.ts'
import { Blank } from '../../components/blank.tsx'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { Notice } from '../../components/notice.tsx'
import { RowSkeletons } from '../../components/row-skeletons.tsx'
import { usePageWords } from '../../lib/language.ts'
import { DeliveryRow } from './delivery-row.tsx'
import { useDeliveries } from './use-webhooks.ts'
import { webhooksWords } from './words.ts'

type Filter = DeliveryState | 'all'

/** What was and is to be sent, the newest first. */
export function DeliveryList({ webhook }: { webhook: Webhook }) {
  const { deliveries: words } = usePageWords(webhooksWords)
  const [filter, setFilter] = useState<Filter>('all')
  const query = useDeliveries(webhook.id, filter === 'all' ? null : filter)
  const rows = query.data?.pages.flatMap(({ deliveries }) => deliveries) ?? []
  const choices: { value: Filter; label: string }[] = [
    { value: 'all', label: words.all },
    ...DELIVERY_STATES.map((state) => ({ value: state, label: words.states[state] })),
  ]
  return (
    <section aria-label={words.title} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold">{words.title}</h3>
        <Choice label={words.filter} choices={choices} chosen={filter} onChoose={setFilter} />
      </div>
      {query.isError && <Notice meaning="warn">{words.failed}</Notice>}
      <div className="rounded-card border border-line">
        {query.isPending && <RowSkeletons />}
        {query.data && rows.length === 0 && (
          <Blank
            icon={<Inbox aria-hidden className="size-5" />}
            title={words.empty}
            lead={filter === 'all' ? words.emptyLead : words.emptyState}
          />
        )}
        {rows.length > 0 && (
          <ul className="text-row">
            {rows.map((delivery) => (
              <DeliveryRow key={delivery.id} delivery={delivery} />
            ))}
          </ul>
        )}
      </div>
      {query.hasNextPage && (
        <Button size="small" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </section>
  )
}
