import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Template } from '../../../../shared/templates.ts'
import { Button } from '../../components/button.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { usePageWords } from '../../lib/language.ts'
import { tellDone } from '../../lib/toast.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { Card } from './card.tsx'
import type { PublishDraft } from './check-publish.ts'
import { changeTemplate, deleteTemplate, fetchTemplates, TEMPLATES } from './publish-api.ts'
import { SaveTemplateDialog } from './save-template-dialog.tsx'
import { publishWords } from './words.ts'

interface TemplatesProps {
  draft: PublishDraft
  /** Whether the draft's message is one that can be kept. */
  isValid: boolean
  /** The one that the draft came from. */
  loaded: Template | null
  onLoad: (template: Template) => void
}

/** Messages that are kept to be published again; all admins share them. */
export function Templates({ draft, isValid, loaded, onLoad }: TemplatesProps) {
  const { templates: words } = usePageWords(publishWords)
  const isAdmin = useIsAdmin()
  const templates = useQuery({ queryKey: TEMPLATES, queryFn: fetchTemplates })
  const [saving, setSaving] = useState(false)
  const [deleting, setDeleting] = useState<Template | null>(null)
  const present = templates.data?.find(({ id }) => id === loaded?.id)
  return (
    <Card title={words.title}>
      <div className="flex flex-col gap-3">
        {templates.isError && <p className="text-bad-text">{words.failed}</p>}
        {templates.data?.length === 0 && <p className="text-ink-faint">{words.empty}</p>}
        <ul className="-mx-2 flex max-h-64 flex-col overflow-y-auto empty:hidden">
          {templates.data?.map((template) => (
            <li key={template.id} className="flex items-center gap-1">
              <button
                type="button"
                aria-label={words.load(template.name)}
                aria-current={template.id === present?.id || undefined}
                onClick={() => onLoad(template)}
                className="flex min-h-9 min-w-0 flex-1 items-baseline gap-2 rounded-control px-2 py-1.5 text-left transition-colors hover:bg-hover aria-[current]:bg-accent-fill"
              >
                <span className="min-w-0 truncate font-medium">{template.name}</span>
                <span className="min-w-0 truncate font-mono text-small text-ink-faint">{template.channel}</span>
              </button>
              {isAdmin && (
                <button
                  type="button"
                  aria-label={words.delete(template.name)}
                  title={words.delete(template.name)}
                  onClick={() => setDeleting(template)}
                  className="flex size-8 shrink-0 items-center justify-center rounded-control text-ink-faint transition-colors hover:bg-hover hover:text-bad-text"
                >
                  <Trash2 aria-hidden className="size-4" />
                </button>
              )}
            </li>
          ))}
        </ul>
        {isAdmin && (
          <div className="flex flex-wrap gap-2">
            <Button size="small" disabled={!isValid} onClick={() => setSaving(true)}>
              {words.save}
            </Button>
            {present && <UpdateButton template={present} draft={draft} isValid={isValid} onDone={onLoad} />}
          </div>
        )}
      </div>
      {saving && <SaveTemplateDialog draft={draft} onClose={() => setSaving(false)} onSaved={onLoad} />}
      {deleting && <DeleteDialog template={deleting} onClose={() => setDeleting(null)} />}
    </Card>
  )
}

interface UpdateButtonProps {
  template: Template
  draft: PublishDraft
  isValid: boolean
  onDone: (template: Template) => void
}

/** Writes the draft over the template that it came from, once they differ. */
function UpdateButton({ template, draft, isValid, onDone }: UpdateButtonProps) {
  const { templates: words } = usePageWords(publishWords)
  const queries = useQueryClient()
  const { content, ephemeral } = draft
  const channel = draft.channel.trim()
  const updating = useMutation({
    mutationFn: () => changeTemplate(template.id, { name: template.name, channel, content, ephemeral }),
    onSuccess: async (changed) => {
      tellDone(words.updated)
      onDone(changed)
      await queries.invalidateQueries({ queryKey: TEMPLATES })
    },
  })
  const isSame = template.channel === channel && template.content === content && template.ephemeral === ephemeral
  if (isSame) return null
  return (
    <Button size="small" disabled={!isValid || updating.isPending} onClick={() => updating.mutate()}>
      <span className="max-w-40 truncate">{words.update(template.name)}</span>
    </Button>
  )
}

function DeleteDialog({ template, onClose }: { template: Template; onClose: () => void }) {
  const { templates: words } = usePageWords(publishWords)
  const queries = useQueryClient()
  const deleting = useMutation({
    mutationFn: () => deleteTemplate(template.id),
    onSuccess: async () => {
      onClose()
      tellDone(words.deleted(template.name))
      await queries.invalidateQueries({ queryKey: TEMPLATES })
    },
  })
  return (
    <ConfirmDialog
      title={words.deleteTitle}
      submit={words.deleteSubmit}
      submitting={words.deleting}
      action={deleting}
      onConfirm={() => deleting.mutate()}
      onClose={onClose}
    >
      <p className="break-words">{words.deleteLead(template.name)}</p>
    </ConfirmDialog>
  )
}
