import * as Menu from '@radix-ui/react-dropdown-menu'
import { Plus, X } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useWords } from '../lib/language.ts'
import { setParams } from '../lib/router.ts'
import { Button } from './button.tsx'

/** A filter by text and what it is set to; empty while it is not. */
export interface TextFilterState {
  param: string
  label: string
  example: string
  value: string
}

const CHIP = 'inline-flex h-7 max-w-full items-center rounded-round border text-row'

/** What a list is filtered by, a chip each; others are added from a menu. All of it stands in the address. */
export function TextFilters({ texts }: { texts: readonly TextFilterState[] }) {
  const { list } = useWords()
  const [editing, setEditing] = useState<string | null>(null)
  const edited = texts.find(({ param }) => param === editing)
  const unset = texts.filter(({ value, param }) => value === '' && param !== editing)
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1">
      {texts
        .filter(({ value, param }) => value !== '' && param !== editing)
        .map((filter) => (
          <Chip key={filter.param} filter={filter} onEdit={() => setEditing(filter.param)} />
        ))}
      {edited && <Editor key={edited.param} filter={edited} onDone={() => setEditing(null)} />}
      {unset.length > 0 && (
        <Menu.Root modal={false}>
          <Menu.Trigger asChild>
            <Button look="ghost" size="small">
              <Plus aria-hidden className="size-3.5" />
              {list.addFilter}
            </Button>
          </Menu.Trigger>
          <Menu.Portal>
            <Menu.Content
              align="start"
              sideOffset={4}
              // The field that opens takes the focus.
              onCloseAutoFocus={(event) => event.preventDefault()}
              className="z-30 min-w-40 rounded-card border border-line-strong bg-panel p-1 shadow-float"
            >
              {unset.map(({ param, label }) => (
                <Menu.Item
                  key={param}
                  onSelect={() => setEditing(param)}
                  className="flex h-8 cursor-pointer items-center rounded-control px-2.5 text-row outline-none data-[highlighted]:bg-hover"
                >
                  {label}
                </Menu.Item>
              ))}
            </Menu.Content>
          </Menu.Portal>
        </Menu.Root>
      )}
    </div>
  )
}

function Chip({ filter: { param, label, value }, onEdit }: { filter: TextFilterState; onEdit: () => void }) {
  const { list } = useWords()
  return (
    <span className={`${CHIP} border-accent-line/50 bg-accent-fill text-accent-text`}>
      <button type="button" onClick={onEdit} className="min-w-0 truncate rounded-round py-1 pl-2.5">
        {label}: <span className="font-mono text-small">{value}</span>
      </button>
      <button
        type="button"
        aria-label={list.removeFilter(label)}
        title={list.removeFilter(label)}
        onClick={() => setParams({ [param]: null })}
        className="flex size-6 shrink-0 items-center justify-center rounded-round"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </span>
  )
}

function Editor({ filter: { param, label, example, value }, onDone }: { filter: TextFilterState; onDone: () => void }) {
  const { list } = useWords()
  const [text, setText] = useState(value)

  function apply(event: FormEvent) {
    event.preventDefault()
    setParams({ [param]: text.trim() })
    onDone()
  }

  return (
    <form onSubmit={apply} className={`${CHIP} gap-1 border-line-strong bg-panel pr-1 pl-2.5`}>
      <label className="flex min-w-0 items-center gap-1.5 text-ink-soft">
        {label}
        <input
          type="text"
          value={text}
          autoFocus
          placeholder={example}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && onDone()}
          className="h-6 w-36 min-w-0 bg-transparent font-mono text-small text-ink focus:outline-none"
        />
      </label>
      <button type="submit" className="h-6 rounded-round px-2 text-small font-medium text-accent-text">
        {list.apply}
      </button>
    </form>
  )
}
