import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { SettingInfo } from '../../../../shared/api.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { usePageWords } from '../../lib/language.ts'
import { removeSetting } from '../../lib/settings-api.ts'
import { tellDone } from '../../lib/toast.ts'
import { SETTINGS_KEY } from './use-setting-drafts.ts'
import { settingsWords } from './words.ts'

/** Asks before one of the user's own keys is deleted. */
export function DeleteSettingDialog({ setting: { key }, onClose }: { setting: SettingInfo; onClose: () => void }) {
  const { own: words } = usePageWords(settingsWords)
  const queries = useQueryClient()
  const deleting = useMutation({
    mutationFn: () => removeSetting(key),
    async onSuccess() {
      tellDone(words.deleted(key))
      onClose()
      await queries.invalidateQueries({ queryKey: SETTINGS_KEY })
    },
  })
  return (
    <ConfirmDialog
      title={words.deleteTitle}
      submit={words.delete}
      submitting={words.deleting}
      action={deleting}
      onConfirm={() => deleting.mutate()}
      onClose={onClose}
    >
      <p className="break-words">{words.deleteLead(key)}</p>
    </ConfirmDialog>
  )
}
