import type { Webhook } from '../../../../shared/webhooks.ts'
import { Dialog } from '../../components/dialog.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { tellDone } from '../../lib/toast.ts'
import { useWebhookAction } from './use-webhooks.ts'
import { draftOf } from './webhook-draft.ts'
import { WebhookForm } from './webhook-form.tsx'
import { changeWebhook } from './webhooks-api.ts'
import { webhooksWords } from './words.ts'

/** Changes where a webhook is sent, and what it is told of. */
export function EditWebhookDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { actions } = useWords()
  const { form } = usePageWords(webhooksWords)
  const changing = useWebhookAction(changeWebhook, ({ name }) => {
    onClose()
    tellDone(form.changed(name))
  })
  return (
    <Dialog title={form.editTitle} onClose={onClose}>
      <WebhookForm
        first={draftOf(webhook)}
        submit={actions.save}
        submitting={actions.saving}
        action={changing}
        onSubmit={(fields) => changing.mutate({ id: webhook.id, ...fields })}
        onCancel={onClose}
      />
    </Dialog>
  )
}
