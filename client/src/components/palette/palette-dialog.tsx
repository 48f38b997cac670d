import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { usePageWords } from '../../lib/language.ts'
import { useModal } from '../../lib/use-modal.ts'
import { moveChoice } from './move-choice.ts'
import { groupItems, type PaletteItem } from './palette-item.ts'
import { PaletteField } from './palette-field.tsx'
import { PaletteFoot } from './palette-foot.tsx'
import { PaletteList } from './palette-list.tsx'
import { usePaletteItems } from './use-palette-items.ts'
import { paletteWords } from './words.ts'

/**
 * Finds pages, things and actions as one types: a combobox over a list (WAI-ARIA 1.2 combobox pattern), whose chosen
 * option the arrows move while the focus stays in the field.
 */
export function PaletteDialog({ onClose }: { onClose: () => void }) {
  const words = usePageWords(paletteWords)
  const modal = useModal(onClose)
  const listId = useId()
  const [query, setQuery] = useState('')
  const { items, state } = usePaletteItems(query)
  const groups = groupItems(items)
  const shown = groups.flatMap((group) => group.items)
  const { chosen, choose } = useChoice(shown, query)
  const optionId = (item: PaletteItem) => `${listId}-${shown.indexOf(item)}`

  function run(item: PaletteItem | undefined) {
    if (item === undefined) return
    if (item.query !== undefined) return setQuery(item.query)
    // First closed: what the item opens must not be closed with it, nor lose the focus to where it was before.
    onClose()
    item.run()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      event.preventDefault()
      run(chosen)
      return
    }
    const next = moveChoice(event.key, chosen ? shown.indexOf(chosen) : -1, shown.length)
    if (next === null) return
    event.preventDefault()
    choose(shown[next])
  }

  return (
    <dialog
      {...modal}
      aria-label={words.title}
      className="mx-auto mt-[12dvh] mb-auto max-h-[min(32rem,80dvh)] w-[calc(100vw-1rem)] max-w-160 flex-col overflow-hidden rounded-card border border-line-strong bg-panel text-ink shadow-float backdrop:bg-veil open:flex max-sm:mt-2 max-sm:max-h-[calc(100dvh-1rem)]"
    >
      <PaletteField
        query={query}
        onQuery={setQuery}
        onKeyDown={onKeyDown}
        listId={listId}
        activeId={chosen && optionId(chosen)}
        isBusy={state === 'busy'}
        onClose={onClose}
      />
      <PaletteList id={listId} groups={groups} chosen={chosen} optionId={optionId} onPoint={choose} onRun={run} />
      <PaletteFoot query={query} count={shown.length} state={state} />
    </dialog>
  )
}

/** The option that Enter takes: the first, until the reader moves to another that is still there. */
function useChoice(shown: readonly PaletteItem[], query: string) {
  const [moved, setMoved] = useState<string | null>(null)
  const asked = useRef(query)
  useEffect(() => {
    if (asked.current === query) return
    asked.current = query
    setMoved(null)
  }, [query])
  const chosen = shown.find(({ id }) => id === moved) ?? shown[0]
  return { chosen, choose: (item: PaletteItem | undefined) => setMoved(item?.id ?? null) }
}
