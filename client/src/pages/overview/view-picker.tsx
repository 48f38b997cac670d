import { useId } from 'react'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { Select } from '../../components/select.tsx'
import { usePageWords } from '../../lib/language.ts'
import { setParams } from '../../lib/router.ts'
import type { View } from './use-view.ts'
import { overviewWords } from './words.ts'

const ALL = ''

/** Chooses whose figures are shown; nothing while there is one node alone, which the page shows anyway. */
export function ViewPicker({ view: { node, names, isGone, titleOf } }: { view: View }) {
  const { view: words } = usePageWords(overviewWords)
  const id = useId()
  const show = (name: string) => setParams({ node: name === ALL ? null : name })
  if (isGone) {
    const back = (
      <Button size="small" onClick={() => show(ALL)}>
        {words.showAll}
      </Button>
    )
    return (
      <Notice meaning="warn" action={back}>
        {words.gone(titleOf(node!))}
      </Notice>
    )
  }
  if (names.length < 2) return null
  const each = names.map((name) => ({ value: name, label: titleOf(name) }))
  const choices = [
    { value: ALL, label: words.all(names.length) },
    ...each.toSorted((a, b) => a.label.localeCompare(b.label)),
  ]
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <label htmlFor={id} className="text-row font-medium text-ink-soft">
        {words.label}
      </label>
      <Select
        id={id}
        className="max-w-80 min-w-48 rounded-control border border-line bg-panel px-3 text-row font-medium transition-colors hover:border-line-strong"
        value={node ?? ALL}
        choices={choices}
        onChoose={show}
      />
      <p className="text-row text-ink-faint">{node === null ? words.together(names.length) : words.one(node)}</p>
    </div>
  )
}
