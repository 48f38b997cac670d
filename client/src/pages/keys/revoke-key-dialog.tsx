import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ApiKeyInfo } from '../../../../shared/api.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { revokeKey } from '../../lib/access-api.ts'
import { KEYS } from '../../lib/access-queries.ts'
import { usePageWords } from '../../lib/language.ts'
import { tellDone } from '../../lib/toast.ts'
import { keysWords } from './words.ts'

interface RevokeKeyDialogProps {
  apiKey: ApiKeyInfo
  onClose: () => void
}

/** Says what stops working, then revokes the key. */
export function RevokeKeyDialog({ apiKey, onClose }: RevokeKeyDialogProps) {
  const { revoking: words } = usePageWords(keysWords)
  const queries = useQueryClient()
  const revoking = useMutation({
    mutationFn: revokeKey,
    onSuccess: async () => {
      onClose()
      tellDone(words.done(apiKey.name))
      await queries.invalidateQueries({ queryKey: KEYS })
    },
  })
  return (
    <ConfirmDialog
      title={words.title}
      submit={words.submit}
      submitting={words.submitting}
      action={revoking}
      onConfirm={() => revoking.mutate(apiKey.id)}
      onClose={onClose}
    >
      <p className="break-words">{words.lead(apiKey.name)}</p>
      <ul className="flex list-disc flex-col gap-1 pl-5 text-ink-soft">
        {apiKey.scopes.map((scope) => (
          <li key={scope}>{words.stops[scope]}</li>
        ))}
        <li>{words.open}</li>
      </ul>
      <p className="font-medium">{words.forGood}</p>
    </ConfirmDialog>
  )
}
