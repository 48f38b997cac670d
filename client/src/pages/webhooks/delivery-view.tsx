import { ArrowLeft, RotateCcw } from 'lucide-react'
import { parseExact, stringifyExact } from '../../../../shared/exact-json.ts'
import type { Webhook, WebhookDeliveryDetail } from '../../../../shared/webhooks.ts'
import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { JsonView } from '../../components/json-view.tsx'
import { Notice } from '../../components/notice.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { RowSkeletons } from '../../components/row-skeletons.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { tellError } from '../../lib/tell-error.ts'
import { tellDone, tellFailed } from '../../lib/toast.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { AttemptList } from './attempt-list.tsx'
import { DeliveryBadge } from './state-badges.tsx'
import { useDelivery, useWebhookAction } from './use-webhooks.ts'
import { sendAgain } from './webhooks-api.ts'
import { webhooksWords } from './words.ts'

interface DeliveryViewProps {
  webhook: Webhook
  deliveryId: string
  onBack: () => void
}

/** One delivery: what is sent, and what the receiver answered to each attempt. */
export function DeliveryView({ webhook, deliveryId, onBack }: DeliveryViewProps) {
  const { delivery: words } = usePageWords(webhooksWords)
  const query = useDelivery(webhook.id, deliveryId)
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button look="ghost" size="small" className="-ml-2" onClick={onBack}>
          <ArrowLeft aria-hidden className="size-3.5" />
          {words.back}
        </Button>
        {useIsAdmin() && query.data && <SendAgain webhook={webhook} deliveryId={deliveryId} />}
      </div>
      {query.isPending && <RowSkeletons />}
      {query.isError && query.data === undefined && <Notice meaning="warn">{words.gone}</Notice>}
      {query.data && <Content delivery={query.data} />}
    </>
  )
}

function SendAgain({ webhook, deliveryId }: { webhook: Webhook; deliveryId: string }) {
  const words = useWords()
  const { delivery } = usePageWords(webhooksWords)
  const sending = useWebhookAction(sendAgain, () => tellDone(delivery.sent))
  const send = () =>
    sending.mutate({ id: webhook.id, deliveryId }, { onError: (error) => tellFailed(tellError(error, words)) })
  return (
    <Button
      look="primary"
      size="small"
      disabled={sending.isPending || !webhook.enabled}
      title={webhook.enabled ? undefined : delivery.offHelp}
      onClick={send}
    >
      <RotateCcw aria-hidden className="size-3.5" />
      {sending.isPending ? delivery.sending : delivery.again}
    </Button>
  )
}

function Content({ delivery }: { delivery: WebhookDeliveryDetail }) {
  const { delivery: words } = usePageWords(webhooksWords)
  const payload = indented(delivery.payload)
  return (
    <>
      <Facts>
        <Fact name={words.event}>
          <span className="font-mono text-small">{delivery.event}</span>
        </Fact>
        <Fact name={words.subject}>
          <span className="font-mono text-small break-all">{delivery.subject}</span>
        </Fact>
        <Fact name={words.state}>
          <DeliveryBadge state={delivery.state} />
        </Fact>
        <Fact name={words.created}>
          <RelativeTime at={delivery.createdAt} none="" />
        </Fact>
        {delivery.nextAttemptAt !== null && (
          <Fact name={words.nextAttempt}>
            <RelativeTime at={delivery.nextAttemptAt} none="" />
          </Fact>
        )}
        <Fact name={words.id}>
          <span className="font-mono text-small break-all">{delivery.id}</span>
        </Fact>
      </Facts>
      <AttemptList attempts={delivery.history} />
      <section className="flex flex-col gap-1.5">
        <div className="flex items-center justify-between gap-2">
          <h3 className="font-semibold">{words.payload}</h3>
          <CopyButton text={delivery.payload} />
        </div>
        <RequestHead delivery={delivery} />
        <JsonView text={payload} />
      </section>
    </>
  )
}

/** The headers that the receiver goes by, as of the last attempt. */
function RequestHead({ delivery: { id, history } }: { delivery: WebhookDeliveryDetail }) {
  const last = history.at(-1)
  const lines = [
    'POST',
    `webhook-id: ${id}`,
    ...(last === undefined ? [] : [`webhook-timestamp: ${Math.floor(Date.parse(last.at) / 1000)}`]),
  ]
  return (
    <pre className="rounded-card border border-line bg-sunken p-3 font-mono text-small break-all whitespace-pre-wrap text-ink-soft">
      {lines.join('\n')}
    </pre>
  )
}

function indented(json: string): string {
  try {
    return stringifyExact(parseExact(json), 2)
  } catch {
    return json
  }
}
