import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { SettingInfo } from '../../../../shared/api.ts'
import { parseExact, stringifyExact } from '../../../../shared/exact-json.ts'
import { Button } from '../../components/button.tsx'
import { Dialog, DialogFoot } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { isFaultAt } from '../../lib/problem.ts'
import { saveSetting } from '../../lib/settings-api.ts'
import { tellError } from '../../lib/tell-error.ts'
import { tellDone } from '../../lib/toast.ts'
import { SETTINGS_KEY } from './use-setting-drafts.ts'
import { settingsWords } from './words.ts'

const KEY = /^app\.[A-Za-z0-9_.-]{1,100}$/

interface OwnSettingDialogProps {
  /** The one that is edited; null for a new one. */
  setting: SettingInfo | null
  onClose: () => void
}

/** Makes or changes one of the user's own keys. */
export function OwnSettingDialog({ setting, onClose }: OwnSettingDialogProps) {
  const all = useWords()
  const { own: words } = usePageWords(settingsWords)
  const queries = useQueryClient()
  const [key, setKey] = useState(setting?.key ?? 'app.')
  const [text, setText] = useState(setting ? stringifyExact(setting.value, 2) : '""')
  const [description, setDescription] = useState(setting?.description ?? '')
  const parsed = parse(text)
  const saving = useMutation({
    mutationFn: () => saveSetting(key, parsed?.value, description),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: SETTINGS_KEY })
      tellDone(words.saved(key))
      onClose()
    },
  })
  const isKey = KEY.test(key)
  const refused = saving.isError && isFaultAt(saving.error, 'value') ? tellError(saving.error, all) : undefined

  function submit(event: FormEvent) {
    event.preventDefault()
    if (isKey && parsed !== null && !saving.isPending) saving.mutate()
  }

  return (
    <Dialog title={setting ? words.edit : words.add} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={words.key} help={words.keyHelp} fault={isKey || key === 'app.' ? undefined : words.keyHelp}>
          {({ control }) => (
            <input
              {...control}
              type="text"
              value={key}
              readOnly={setting !== null}
              {...(setting === null && { 'data-first': true })}
              onChange={(event) => setKey(event.target.value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className={`${control.className} h-9 font-mono read-only:bg-sunken`}
            />
          )}
        </Field>
        <Field label={words.value} help={words.valueHelp} fault={parsed === null ? words.badJson : refused}>
          {({ control }) => (
            <textarea
              {...control}
              value={text}
              rows={5}
              {...(setting !== null && { 'data-first': true })}
              onChange={(event) => setText(event.target.value)}
              spellCheck={false}
              className={`${control.className} resize-y py-2 font-mono text-row`}
            />
          )}
        </Field>
        <Field label={words.description}>
          {({ control }) => (
            <input
              {...control}
              type="text"
              value={description}
              maxLength={1000}
              onChange={(event) => setDescription(event.target.value)}
              className={`${control.className} h-9`}
            />
          )}
        </Field>
        {saving.isError && refused === undefined && <Notice meaning="bad">{tellError(saving.error, all)}</Notice>}
        <DialogFoot>
          <Button onClick={onClose}>{all.actions.cancel}</Button>
          <Button type="submit" look="primary" disabled={!isKey || parsed === null || saving.isPending}>
            {saving.isPending ? all.actions.saving : all.actions.save}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

/** The value that a text writes as JSON; null when it writes none. */
function parse(text: string): { value: unknown } | null {
  try {
    return { value: parseExact(text) }
  } catch {
    return null
  }
}
