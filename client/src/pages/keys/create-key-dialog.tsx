import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { createKey, type MadeKey } from '../../lib/access-api.ts'
import { KEYS } from '../../lib/access-queries.ts'
import { usePageWords } from '../../lib/language.ts'
import { KeyForm } from './key-form.tsx'
import { MadeKeyDialog } from './made-key-dialog.tsx'
import { keysWords } from './words.ts'

/** Asks what a new key is to be, makes it, and shows it once. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const words = usePageWords(keysWords)
  const queries = useQueryClient()
  const [made, setMade] = useState<MadeKey | null>(null)
  const creating = useMutation({
    mutationFn: createKey,
    // Kept here, and nowhere else, for as long as the dialog stands.
    gcTime: 0,
    onSuccess: (key) => {
      setMade(key)
      void queries.invalidateQueries({ queryKey: KEYS })
    },
  })
  if (made !== null) return <MadeKeyDialog made={made} onClose={onClose} />
  return (
    <Dialog title={words.form.title} onClose={onClose}>
      <KeyForm creating={creating} onCancel={onClose} />
    </Dialog>
  )
}
