import type { Webhook } from '../../../../shared/webhooks.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { formatExact } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { tellDone } from '../../lib/toast.ts'
import { useWebhookAction } from './use-webhooks.ts'
import { deleteWebhook } from './webhooks-api.ts'
import { webhooksWords } from './words.ts'

interface DeleteWebhookDialogProps {
  webhook: Webhook
  onClose: () => void
  onDeleted: () => void
}

/** Says what is lost, then deletes the webhook. */
export function DeleteWebhookDialog({ webhook, onClose, onDeleted }: DeleteWebhookDialogProps) {
  const { deleting: words } = usePageWords(webhooksWords)
  const locale = useLocale()
  const deleting = useWebhookAction(deleteWebhook, () => {
    onDeleted()
    tellDone(words.done(webhook.name))
  })
  return (
    <ConfirmDialog
      title={words.title}
      submit={words.submit}
      submitting={words.submitting}
      action={deleting}
      onConfirm={() => deleting.mutate(webhook.id)}
      onClose={onClose}
    >
      <p className="break-words">{words.lead(webhook.name)}</p>
      {webhook.waiting > 0 && <p className="text-ink-soft">{words.waiting(formatExact(webhook.waiting, locale))}</p>}
      <p className="font-medium">{words.forGood}</p>
    </ConfirmDialog>
  )
}
