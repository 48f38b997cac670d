import { useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { usePageWords } from '../../lib/language.ts'
import { SecretDialog } from './secret-dialog.tsx'
import { useWebhookAction } from './use-webhooks.ts'
import { EMPTY_DRAFT } from './webhook-draft.ts'
import { WebhookForm } from './webhook-form.tsx'
import { createWebhook, type MadeWebhook } from './webhooks-api.ts'
import { webhooksWords } from './words.ts'

interface CreateWebhookDialogProps {
  onClose: () => void
  /** The webhook is there, and its secret stored. */
  onCreated: (id: string) => void
}

/** Asks what a new webhook is to be, makes it, and shows its secret once. */
export function CreateWebhookDialog({ onClose, onCreated }: CreateWebhookDialogProps) {
  const { form } = usePageWords(webhooksWords)
  const [made, setMade] = useState<MadeWebhook | null>(null)
  const creating = useWebhookAction(createWebhook, setMade)
  if (made !== null) return <SecretDialog secret={made.secret} onClose={() => onCreated(made.webhook.id)} />
  return (
    <Dialog title={form.createTitle} onClose={onClose}>
      <WebhookForm
        first={EMPTY_DRAFT}
        submit={form.create}
        submitting={form.creating}
        action={creating}
        onSubmit={creating.mutate}
        onCancel={onClose}
      />
    </Dialog>
  )
}
