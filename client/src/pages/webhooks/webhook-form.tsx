import type { UseMutationResult } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '../../components/button.tsx'
import { DialogFoot } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { NameField } from '../../components/name-field.tsx'
import { Notice } from '../../components/notice.tsx'
import { PatternsField } from '../../components/patterns-field.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { tellError } from '../../lib/tell-error.ts'
import { EventsField } from './events-field.tsx'
import { faultsOf, isLimitedByChannels, toFields, type WebhookDraft } from './webhook-draft.ts'
import type { WebhookFields } from './webhooks-api.ts'
import { webhooksWords } from './words.ts'

interface WebhookFormProps {
  first: WebhookDraft
  submit: string
  submitting: string
  action: Pick<UseMutationResult<unknown, Error, WebhookFields>, 'isPending' | 'isError' | 'error'>
  onSubmit: (fields: WebhookFields) => void
  onCancel: () => void
}

/** Where a webhook is sent, and what it is told of; checked as it is typed. */
export function WebhookForm({ first, submit, submitting, action, onSubmit, onCancel }: WebhookFormProps) {
  const words = useWords()
  const { form } = usePageWords(webhooksWords)
  const [draft, setDraft] = useState(first)
  const change = (part: Partial<WebhookDraft>) => setDraft({ ...draft, ...part })
  const faults = faultsOf(draft)
  const ready = faults === null && draft.name.trim() !== '' && !action.isPending

  function onSend(event: FormEvent) {
    event.preventDefault()
    if (ready) onSubmit(toFields(draft))
  }

  return (
    <form onSubmit={onSend} className="flex flex-col gap-4">
      <NameField
        label={form.name}
        help={form.nameHelp}
        value={draft.name}
        maxLength={100}
        onChange={(name) => change({ name })}
      />
      <Field
        label={form.url}
        help={form.urlHelp}
        fault={draft.url === '' || faults?.url === undefined ? undefined : form.urlFaults[faults.url]}
      >
        {({ control }) => (
          <input
            {...control}
            className={`${control.className} h-9 font-mono text-row`}
            inputMode="url"
            value={draft.url}
            onChange={(event) => change({ url: event.target.value })}
            maxLength={2000}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <EventsField
        chosen={draft.events}
        fault={faults?.events ? form.noEvent : undefined}
        onChange={(events) => change({ events })}
      />
      <PatternsField
        words={form}
        value={draft.channels}
        isUsed={isLimitedByChannels(draft.events)}
        faults={faults}
        onChange={(channels) => change({ channels })}
      />
      {action.isError && <Notice meaning="bad">{tellError(action.error, words)}</Notice>}
      <DialogFoot>
        <Button onClick={onCancel}>{words.actions.cancel}</Button>
        <Button type="submit" look="primary" disabled={!ready}>
          {action.isPending ? submitting : submit}
        </Button>
      </DialogFoot>
    </form>
  )
}
