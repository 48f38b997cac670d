import type { Webhook } from '../../../../shared/webhooks.ts'
import { closePanel, setParams, useParam } from '../../lib/router.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { CreateWebhookDialog } from './create-webhook-dialog.tsx'
import { DeleteWebhookDialog } from './delete-webhook-dialog.tsx'
import { EditWebhookDialog } from './edit-webhook-dialog.tsx'
import { CREATE, DELETE, EDIT, ROTATE, WEBHOOK } from './panel-names.ts'
import { RotateDialog } from './rotate-dialog.tsx'
import { WebhookPanel } from './webhook-panel.tsx'

/** What the address has put before the list; nothing until the webhooks are known. */
export function WebhookPanels({ webhooks }: { webhooks: readonly Webhook[] | undefined }) {
  const isAdmin = useIsAdmin()
  const shown = useParam(WEBHOOK)
  const isCreating = useParam(CREATE) !== null
  const [editing, rotating, deleting] = [useParam(EDIT), useParam(ROTATE), useParam(DELETE)]
  if (webhooks === undefined) return null
  const find = (id: string | null) => webhooks.find((webhook) => webhook.id === id)
  const [edited, rotated, deleted] = [find(editing), find(rotating), find(deleting)]
  return (
    <>
      {shown !== null && <WebhookPanel webhook={find(shown) ?? null} onClose={() => closePanel(WEBHOOK)} />}
      {isAdmin && isCreating && (
        <CreateWebhookDialog
          // In place: Back leads to the list, not to the form again.
          onCreated={(id) => setParams({ [CREATE]: null, [WEBHOOK]: id })}
          onClose={() => closePanel(CREATE)}
        />
      )}
      {isAdmin && edited && <EditWebhookDialog webhook={edited} onClose={() => closePanel(EDIT)} />}
      {isAdmin && rotated && <RotateDialog webhook={rotated} onClose={() => closePanel(ROTATE)} />}
      {isAdmin && deleted && (
        <DeleteWebhookDialog
          webhook={deleted}
          onDeleted={() => setParams({ [DELETE]: null, [WEBHOOK]: null })}
          onClose={() => closePanel(DELETE)}
        />
      )}
    </>
  )
}
