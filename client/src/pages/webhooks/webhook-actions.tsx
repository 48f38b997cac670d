import { Send } from 'lucide-react'
import type { Webhook, WebhookDeliveryDetail } from '../../../../shared/webhooks.ts'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { formatMillis } from '../../lib/format.ts'
import { useLocale, usePageWords, useWords } from '../../lib/language.ts'
import { openPanel } from '../../lib/router.ts'
import { tellError } from '../../lib/tell-error.ts'
import { tellDone } from '../../lib/toast.ts'
import { DELETE, EDIT, ROTATE } from './panel-names.ts'
import { useWebhookAction } from './use-webhooks.ts'
import { changeWebhook, testWebhook } from './webhooks-api.ts'
import { webhooksWords } from './words.ts'

/** What an admin may do to a webhook; what came of a test stands below. */
export function WebhookActions({ webhook }: { webhook: Webhook }) {
  const words = useWords()
  const { panel } = usePageWords(webhooksWords)
  const testing = useWebhookAction(testWebhook, () => undefined)
  const turning = useWebhookAction(changeWebhook, ({ name, enabled }) =>
    tellDone(enabled ? panel.turnedOn(name) : panel.turnedOff(name)),
  )
  const failure = testing.error ?? turning.error
  const turn = () => turning.mutate({ id: webhook.id, enabled: !webhook.enabled })
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Button look="primary" size="small" disabled={testing.isPending} onClick={() => testing.mutate(webhook.id)}>
          <Send aria-hidden className="size-3.5" />
          {testing.isPending ? panel.testing : panel.test}
        </Button>
        <Button size="small" onClick={() => openPanel(EDIT, webhook.id)}>
          {panel.edit}
        </Button>
        <Button size="small" disabled={turning.isPending} onClick={turn}>
          {webhook.enabled ? panel.turnOff : panel.turnOn}
        </Button>
        <Button size="small" onClick={() => openPanel(ROTATE, webhook.id)}>
          {panel.rotate}
        </Button>
        <Button size="small" onClick={() => openPanel(DELETE, webhook.id)}>
          {panel.remove}
        </Button>
      </div>
      {failure && <Notice meaning="bad">{tellError(failure, words)}</Notice>}
      {testing.data && !testing.isPending && <TestOutcome test={testing.data} />}
    </div>
  )
}

function TestOutcome({ test: { history } }: { test: WebhookDeliveryDetail }) {
  const { panel, errors } = usePageWords(webhooksWords)
  const locale = useLocale()
  const attempt = history.at(-1)
  if (attempt === undefined) return null
  const { value, unit } = formatMillis(attempt.durationMs, locale)
  const answered = attempt.status !== null && panel.tested(attempt.status, `${value} ${unit}`)
  if (attempt.error === null) return <Notice meaning="good">{answered}</Notice>
  return (
    <Notice meaning="bad">{attempt.error === 'bad_status' ? answered : panel.failing(errors[attempt.error])}</Notice>
  )
}
