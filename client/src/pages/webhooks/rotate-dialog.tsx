import { useState } from 'react'
import type { Webhook } from '../../../../shared/webhooks.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Select } from '../../components/select.tsx'
import { usePageWords } from '../../lib/language.ts'
import { SecretDialog } from './secret-dialog.tsx'
import { useWebhookAction } from './use-webhooks.ts'
import { rotateSecret } from './webhooks-api.ts'
import { webhooksWords } from './words.ts'

const OVERLAPS_HOURS = [1, 24, 72] as const
type Overlap = `${(typeof OVERLAPS_HOURS)[number]}` | '0'

/** Makes a new secret, and asks how long the old one signs beside it. */
export function RotateDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { rotating: words } = usePageWords(webhooksWords)
  const [overlap, setOverlap] = useState<Overlap>('24')
  const [secret, setSecret] = useState<string | null>(null)
  const rotating = useWebhookAction(rotateSecret, (made) => setSecret(made.secret))
  if (secret !== null) return <SecretDialog secret={secret} onClose={onClose} />
  const choices: { value: Overlap; label: string }[] = [
    ...OVERLAPS_HOURS.map((hours) => ({ value: `${hours}` as const, label: words.overlaps.hours(hours) })),
    { value: '0', label: words.overlaps.none },
  ]
  return (
    <ConfirmDialog
      title={words.title}
      submit={words.submit}
      submitting={words.submitting}
      look="primary"
      action={rotating}
      onConfirm={() => rotating.mutate({ id: webhook.id, overlapHours: Number(overlap) })}
      onClose={onClose}
    >
      <p className="break-words">{words.lead(webhook.name)}</p>
      <Field label={words.overlap}>
        {({ control }) => <Select {...control} value={overlap} choices={choices} onChoose={setOverlap} />}
      </Field>
    </ConfirmDialog>
  )
}
