import type { UseMutationResult } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '../../components/button.tsx'
import { DialogFoot } from '../../components/dialog.tsx'
import { NameField } from '../../components/name-field.tsx'
import { Notice } from '../../components/notice.tsx'
import { PatternsField } from '../../components/patterns-field.tsx'
import type { MadeKey, NewKey } from '../../lib/access-api.ts'
import { usePageWords, useWords } from '../../lib/language.ts'
import { tellError } from '../../lib/tell-error.ts'
import { useNow } from '../../lib/use-now.ts'
import { ExpiryField } from './expiry-field.tsx'
import { faultsOf, isLimitedByChannels, toNewKey, type KeyDraft } from './key-draft.ts'
import { ScopesField } from './scopes-field.tsx'
import { keysWords } from './words.ts'

const FIRST_DRAFT: KeyDraft = { name: '', scopes: ['publish'], channels: '', lifetime: 'never', lastDay: '' }

/** How often it is looked whether the chosen day still lies ahead. */
const RENEWED_EVERY_MS = 30_000

interface KeyFormProps {
  creating: UseMutationResult<MadeKey, Error, NewKey>
  onCancel: () => void
}

/** What a new key is called, may do, where, and for how long; checked as it is typed. */
export function KeyForm({ creating, onCancel }: KeyFormProps) {
  const words = useWords()
  const { form } = usePageWords(keysWords)
  const [draft, setDraft] = useState(FIRST_DRAFT)
  const change = (part: Partial<KeyDraft>) => setDraft({ ...draft, ...part })
  const now = useNow(RENEWED_EVERY_MS)
  const faults = faultsOf(draft, now)
  const ready = faults === null && draft.name.trim() !== '' && !creating.isPending

  function submit(event: FormEvent) {
    event.preventDefault()
    if (ready) creating.mutate(toNewKey(draft, now))
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <NameField
        label={form.name}
        help={form.nameHelp}
        value={draft.name}
        maxLength={200}
        onChange={(name) => change({ name })}
      />
      <ScopesField
        chosen={draft.scopes}
        fault={faults?.scopes ? form.noScope : undefined}
        onChange={(scopes) => change({ scopes })}
      />
      <PatternsField
        words={form}
        value={draft.channels}
        isUsed={isLimitedByChannels(draft.scopes)}
        faults={faults}
        onChange={(channels) => change({ channels })}
      />
      <ExpiryField
        lifetime={draft.lifetime}
        lastDay={draft.lastDay}
        fault={faults?.lastDay && draft.lastDay !== '' ? form.badDate : undefined}
        onChange={change}
      />
      {creating.isError && <Notice meaning="bad">{tellError(creating.error, words)}</Notice>}
      <DialogFoot>
        <Button onClick={onCancel}>{words.actions.cancel}</Button>
        <Button type="submit" look="primary" disabled={!ready}>
          {creating.isPending ? form.submitting : form.submit}
        </Button>
      </DialogFoot>
    </form>
  )
}
