import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Choice } from '../../components/choice.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { formatExact } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { clearLogs, countBefore } from '../../lib/logs-api.ts'
import { tellDone } from '../../lib/toast.ts'
import { logsWords } from './words.ts'

const DAY_MS = 86_400_000
const AGES = ['all', '1', '7'] as const
type Age = (typeof AGES)[number]

/** Asks before entries are removed for good, and says how many. */
export function ClearDialog({ onCleared, onClose }: { onCleared: () => void; onClose: () => void }) {
  const { clear: words } = usePageWords(logsWords)
  const locale = useLocale()
  const [openedAt] = useState(Date.now)
  const [age, setAge] = useState<Age>('7')
  const before = age === 'all' ? null : new Date(openedAt - Number(age) * DAY_MS).toISOString()
  const counted = useQuery({
    queryKey: ['logs-before', before],
    queryFn: ({ signal }) => countBefore(before, signal),
    staleTime: 0,
    gcTime: 0,
  })
  const clearing = useMutation({
    mutationFn: () => clearLogs(before),
    onSuccess: (deleted) => {
      tellDone(words.done(deleted, formatExact(deleted, locale)))
      onCleared()
      onClose()
    },
  })
  const count = counted.data ?? null
  const nothing = count === null || count === 0
  return (
    <ConfirmDialog
      title={words.title}
      submit={count === null ? words.submit : words.submitCount(count, formatExact(count, locale))}
      submitting={words.submitting}
      action={{ ...clearing, isPending: clearing.isPending }}
      onConfirm={() => !nothing && clearing.mutate()}
      onClose={onClose}
    >
      <Choice
        label={words.which}
        choices={AGES.map((value) => ({ value, label: words.ages[value] }))}
        chosen={age}
        onChoose={setAge}
      />
      <p aria-live="polite">
        {counted.isError && words.notCounted}
        {counted.isPending && words.counting}
        {count !== null && words.lead(count, formatExact(count, locale))}
      </p>
      <p className="text-ink-soft">{words.note}</p>
    </ConfirmDialog>
  )
}
