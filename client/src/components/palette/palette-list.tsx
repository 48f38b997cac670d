import { useEffect, useRef } from 'react'
import { usePageWords } from '../../lib/language.ts'
import type { groupItems, PaletteItem } from './palette-item.ts'
import { KeyCap } from './key-cap.tsx'
import { paletteWords } from './words.ts'

interface PaletteListProps {
  id: string
  groups: ReturnType<typeof groupItems>
  chosen: PaletteItem | undefined
  optionId: (item: PaletteItem) => string
  /** The pointer has come to an option. */
  onPoint: (item: PaletteItem) => void
  onRun: (item: PaletteItem) => void
}

/** The options under the heads of their groups. */
export function PaletteList({ id, groups, chosen, optionId, onPoint, onRun }: PaletteListProps) {
  const words = usePageWords(paletteWords)
  return (
    <div
      id={id}
      role="listbox"
      aria-label={words.title}
      // The options are reached by the arrows from the field.
      tabIndex={-1}
      className={`min-h-0 flex-1 overflow-y-auto p-1.5 ${groups.length === 0 ? 'hidden' : ''}`}
    >
      {groups.map(({ group, items }) => (
        <div key={group} role="group" aria-labelledby={`${id}-${group}`} className="pb-1.5 last:pb-0">
          <p id={`${id}-${group}`} role="presentation" className="px-2.5 py-1.5 text-small font-medium text-ink-faint">
            {words.groups[group]}
          </p>
          {items.map((item) => (
            <Option
              key={item.id}
              id={optionId(item)}
              item={item}
              chosen={item === chosen}
              onPoint={() => onPoint(item)}
              onRun={() => onRun(item)}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

interface OptionProps {
  id: string
  item: PaletteItem
  chosen: boolean
  onPoint: () => void
  onRun: () => void
}

function Option({ id, item, chosen, onPoint, onRun }: OptionProps) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (chosen) ref.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <div
      ref={ref}
      id={id}
      role="option"
      aria-selected={chosen}
      // Not on hover: a list that scrolls under a still pointer must not move the choice.
      onPointerMove={chosen ? undefined : onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onRun}
      className={`flex min-h-9 cursor-pointer scroll-my-1.5 items-center gap-3 rounded-control px-2.5 py-1.5 text-row max-sm:min-h-11 ${chosen ? 'bg-accent-fill text-accent-text' : ''}`}
    >
      <item.icon aria-hidden className={`size-4 shrink-0 ${chosen ? '' : 'text-ink-faint'}`} />
      <span className="min-w-0 truncate">{item.label}</span>
      {item.detail !== undefined && (
        <span className={`min-w-0 flex-1 truncate text-small ${chosen ? '' : 'text-ink-faint'}`}>{item.detail}</span>
      )}
      {item.keys !== undefined && (
        <span aria-hidden className="ml-auto flex shrink-0 gap-1 max-sm:hidden">
          {item.keys.split(' ').map((key) => (
            <KeyCap key={key}>{key}</KeyCap>
          ))}
        </span>
      )}
    </div>
  )
}
