import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { SettingInfo } from '../../../../shared/api.ts'
import { usePageWords, useWords } from '../../lib/language.ts'
import { removeSetting, saveSetting } from '../../lib/settings-api.ts'
import { tellError } from '../../lib/tell-error.ts'
import { tellDone, tellFailed } from '../../lib/toast.ts'
import { readDraft, withDraft, type Draft, type Drafts } from './setting-draft.ts'
import { settingsWords } from './words.ts'

export const SETTINGS_KEY = ['settings'] as const

/** The changes that are not saved yet, and how to save them all; what was saved can be undone. */
export function useSettingDrafts(settings: readonly SettingInfo[]) {
  const all = useWords()
  const words = usePageWords(settingsWords)
  const queries = useQueryClient()
  const [drafts, setDrafts] = useState<Drafts>({})
  /** What the server said of each that it refused. */
  const [refusals, setRefusals] = useState<Readonly<Record<string, string>>>({})
  const changed = settings.filter(({ key }) => drafts[key] !== undefined)

  const saving = useMutation({
    mutationFn: async () => {
      const saved: SettingInfo[] = []
      const refused: Record<string, string> = {}
      for (const setting of changed) {
        const read = readDraft(setting, drafts[setting.key]!)
        if (!read.ok) continue
        await saveSetting(setting.key, read.value).then(
          () => saved.push(setting),
          (error: unknown) => (refused[setting.key] = tellError(error, all)),
        )
      }
      await queries.invalidateQueries({ queryKey: SETTINGS_KEY })
      return { saved, refused }
    },
    onSuccess({ saved, refused }) {
      const done = new Set(saved.map(({ key }) => key))
      setDrafts((old) => Object.fromEntries(Object.entries(old).filter(([key]) => !done.has(key))))
      setRefusals(refused)
      if (saved.length > 0) tellDone(words.saved(saved.length), { label: words.undo, run: () => void undo(saved) })
    },
  })

  async function undo(before: readonly SettingInfo[]) {
    try {
      for (const setting of before) await restore(setting)
      tellDone(words.undone(before.length))
    } catch (error) {
      tellFailed(tellError(error, all))
    } finally {
      await queries.invalidateQueries({ queryKey: SETTINGS_KEY })
    }
  }

  return {
    drafts,
    refusals,
    count: changed.length,
    isSaving: saving.isPending,
    isSavable: changed.length > 0 && changed.every((setting) => readDraft(setting, drafts[setting.key]!).ok),
    save: () => saving.mutate(),
    discard: () => {
      setDrafts({})
      setRefusals({})
    },
    change: (setting: SettingInfo, draft: Draft) => {
      setDrafts((old) => withDraft(old, setting, draft))
      setRefusals(({ [setting.key]: _old, ...others }) => others)
    },
  }
}

/** Brings back what was: a setting that nobody had changed has its default again. */
function restore({ key, value, updatedAt }: SettingInfo): Promise<unknown> {
  return updatedAt === null ? removeSetting(key) : saveSetting(key, value)
}
