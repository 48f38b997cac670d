import { useMutation } from '@tanstack/react-query'
import { Pencil, Repeat2 } from 'lucide-react'
import { useState } from 'react'
import { isPublishable } from '../../../shared/channel.ts'
import type { Message } from '../../../shared/protocol.ts'
import { publishAgain } from '../lib/api.ts'
import { useWords } from '../lib/language.ts'
import { navigate } from '../lib/router.ts'
import { tellDone } from '../lib/toast.ts'
import { useIsAdmin } from '../lib/user.ts'
import { Button } from './button.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'

/** What an admin can do with a message: publish it again as it is, or change it first. */
export function MessageActions({ message }: { message: Message }) {
  const { archive: words } = useWords()
  const isAdmin = useIsAdmin()
  const [asking, setAsking] = useState(false)
  if (!isAdmin || !isPublishable(message.channel)) return null
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="small" onClick={() => setAsking(true)}>
        <Repeat2 aria-hidden className="size-3.5" />
        {words.again}
      </Button>
      {message.id !== undefined && (
        <Button size="small" onClick={() => navigate(`/publish?from=${encodeURIComponent(message.id ?? '')}`)}>
          <Pencil aria-hidden className="size-3.5" />
          {words.edit}
        </Button>
      )}
      {asking && <AgainDialog message={message} onClose={() => setAsking(false)} />}
    </div>
  )
}

function AgainDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { archive: words } = useWords()
  const publishing = useMutation({
    mutationFn: () => publishAgain(message),
    onSuccess: ({ recipients }) => {
      onClose()
      tellDone(words.againDone(recipients))
    },
  })
  return (
    <ConfirmDialog
      title={words.againTitle}
      look="primary"
      submit={words.againSubmit}
      submitting={words.againSubmitting}
      action={publishing}
      onConfirm={() => publishing.mutate()}
      onClose={onClose}
    >
      <p className="break-words">{words.againLead(message.channel)}</p>
      <p className="text-ink-soft">{words.againEffect}</p>
    </ConfirmDialog>
  )
}
