import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { SessionInfo } from '../../../../shared/api.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { endSession } from '../../lib/access-api.ts'
import { SESSIONS } from '../../lib/access-queries.ts'
import { usePageWords } from '../../lib/language.ts'
import { tellDone } from '../../lib/toast.ts'
import { useDeviceName } from './use-device-name.ts'
import { sessionsWords } from './words.ts'

interface EndSessionDialogProps {
  session: SessionInfo
  onClose: () => void
}

/** Signs one device out. */
export function EndSessionDialog({ session, onClose }: EndSessionDialogProps) {
  const { ending: words } = usePageWords(sessionsWords)
  const deviceName = useDeviceName()
  const queries = useQueryClient()
  const ending = useMutation({
    mutationFn: endSession,
    onSuccess: async () => {
      onClose()
      tellDone(words.done)
      await queries.invalidateQueries({ queryKey: SESSIONS })
    },
  })
  return (
    <ConfirmDialog
      title={words.title}
      submit={words.submit}
      submitting={words.submitting}
      action={ending}
      onConfirm={() => ending.mutate(session.id)}
      onClose={onClose}
    >
      <p className="break-words">
        {words.lead(deviceName(session.userAgent), session.user.name ?? session.user.email)}
      </p>
      <p className="text-ink-soft">{words.effect}</p>
    </ConfirmDialog>
  )
}
