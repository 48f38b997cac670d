import { Unplug } from 'lucide-react'
import type { Webhook } from '../../../../shared/webhooks.ts'
import { Blank } from '../../components/blank.tsx'
import { SidePanel } from '../../components/side-panel.tsx'
import { usePageWords } from '../../lib/language.ts'
import { setParams, useParam } from '../../lib/router.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { DeliveryList } from './delivery-list.tsx'
import { DeliveryView } from './delivery-view.tsx'
import { DELIVERY } from './panel-names.ts'
import { WebhookActions } from './webhook-actions.tsx'
import { WebhookFacts } from './webhook-facts.tsx'
import { webhooksWords } from './words.ts'

interface WebhookPanelProps {
  /** Null when it is not there. */
  webhook: Webhook | null
  onClose: () => void
}

/** One webhook at the right: how it fares, what was sent, and what an admin may do. The list beside it stays in use. */
export function WebhookPanel({ webhook, onClose }: WebhookPanelProps) {
  const { panel } = usePageWords(webhooksWords)
  return (
    <SidePanel title={webhook?.name ?? panel.gone} onClose={onClose}>
      {webhook === null ? (
        <Blank icon={<Unplug aria-hidden className="size-5" />} title={panel.gone} lead={panel.goneLead} />
      ) : (
        <Content key={webhook.id} webhook={webhook} />
      )}
    </SidePanel>
  )
}

function Content({ webhook }: { webhook: Webhook }) {
  const deliveryId = useParam(DELIVERY)
  const isAdmin = useIsAdmin()
  if (deliveryId !== null) {
    const onBack = () => setParams({ [DELIVERY]: null })
    return <DeliveryView key={deliveryId} webhook={webhook} deliveryId={deliveryId} onBack={onBack} />
  }
  return (
    <>
      {isAdmin && <WebhookActions webhook={webhook} />}
      <WebhookFacts webhook={webhook} />
      <DeliveryList webhook={webhook} />
    </>
  )
}
