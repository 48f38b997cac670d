import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { Template } from '../../../../shared/templates.ts'
import { Button } from '../../components/button.tsx'
import { Dialog, DialogFoot } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { tellError } from '../../lib/tell-error.ts'
import { tellDone } from '../../lib/toast.ts'
import type { PublishDraft } from './check-publish.ts'
import { createTemplate, TEMPLATES } from './publish-api.ts'
import { publishWords } from './words.ts'

interface SaveTemplateDialogProps {
  draft: PublishDraft
  onClose: () => void
  onSaved: (template: Template) => void
}

/** Asks for a name, and keeps the draft under it. */
export function SaveTemplateDialog({ draft, onClose, onSaved }: SaveTemplateDialogProps) {
  const { templates: words } = usePageWords(publishWords)
  const allWords = useWords()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const { content, ephemeral } = draft
  const saving = useMutation({
    mutationFn: () => createTemplate({ name: name.trim(), channel: draft.channel.trim(), content, ephemeral }),
    onSuccess: async (template) => {
      onClose()
      tellDone(words.saved(template.name))
      onSaved(template)
      await queries.invalidateQueries({ queryKey: TEMPLATES })
    },
  })

  function save(event: FormEvent) {
    event.preventDefault()
    if (name.trim() !== '' && !saving.isPending) saving.mutate()
  }

  return (
    <Dialog title={words.saveTitle} onClose={onClose}>
      <form onSubmit={save} className="flex flex-col gap-4">
        <Field label={words.name} fault={saving.isError ? tellError(saving.error, allWords) : undefined}>
          {({ control }) => (
            <input
              {...control}
              data-first
              type="text"
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.target.value)}
              autoComplete="off"
              className={`${control.className} h-9`}
            />
          )}
        </Field>
        <DialogFoot>
          <Button onClick={onClose}>{allWords.actions.cancel}</Button>
          <Button type="submit" look="primary" disabled={name.trim() === '' || saving.isPending}>
            {saving.isPending ? words.saving : words.saveSubmit}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
