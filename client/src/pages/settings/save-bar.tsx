import { CircleDot } from 'lucide-react'
import { Button } from '../../components/button.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import type { useSettingDrafts } from './use-setting-drafts.ts'
import { settingsWords } from './words.ts'

/** At the foot while something is unsaved: how much, and what to do with it. */
export function SaveBar({ drafts }: { drafts: ReturnType<typeof useSettingDrafts> }) {
  const words = usePageWords(settingsWords)
  const { actions } = useWords()
  return (
    <div
      role="region"
      aria-label={words.unsavedTitle}
      className="sticky bottom-4 z-10 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-card border border-line-strong bg-panel px-4 py-2.5 shadow-float"
    >
      <p role="status" className="mr-auto flex items-center gap-2 text-row font-medium">
        <CircleDot aria-hidden className="size-4 text-warn-line" />
        {words.unsaved(drafts.count)}
      </p>
      <Button size="small" disabled={drafts.isSaving} onClick={drafts.discard}>
        {words.discard}
      </Button>
      <Button look="primary" size="small" disabled={!drafts.isSavable || drafts.isSaving} onClick={drafts.save}>
        {drafts.isSaving ? actions.saving : words.saveAll}
      </Button>
    </div>
  )
}
