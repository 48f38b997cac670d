import { useEffect, useEffectEvent, useId, type KeyboardEvent, type RefObject } from 'react'
import type { Entry } from '../lib/feed.ts'
import { useWords } from '../lib/language.ts'
import { readRowKey } from '../lib/row-keys.ts'
import { useMedia } from '../lib/use-media.ts'
import { useWindowOfRows } from '../lib/use-window-of-rows.ts'
import { COLUMNS, MessageRow, ROW_PX } from './message-row.tsx'

interface MessageListProps {
  /** The box that scrolls and takes the keys. */
  boxRef: RefObject<HTMLDivElement | null>
  entries: readonly Entry[]
  /** Key of the row that the keyboard is at; null for none. */
  active: number | null
  /** Key of the row whose panel is open; null for none. */
  selected: number | null
  /** Counts up each time the list is to go back to its top. */
  topRequest: number
  onActivate: (key: number | null) => void
  onOpen: (key: number) => void
  onTopChange: (atTop: boolean) => void
}

/** The rows, newest on top; only those in sight are in the document. */
export function MessageList(props: MessageListProps) {
  const { boxRef, entries, active, selected, topRequest, onActivate, onOpen, onTopChange } = props
  const { stream } = useWords()
  const idBase = useId()
  const heightPx = useMedia('(min-width: 40rem)') ? ROW_PX.wide : ROW_PX.narrow
  const rows = useWindowOfRows(boxRef, entries.length, heightPx, onTopChange)
  const activeIndex = active === null ? -1 : entries.findIndex((entry) => entry.key === active)
  const rowId = (key: number) => `${idBase}-${key}`

  const goToTop = useEffectEvent(rows.scrollToTop)

  useEffect(() => goToTop(), [topRequest])

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const move = readRowKey(event.key, activeIndex, entries.length)
    if (move === null) return
    event.preventDefault()
    if (move.kind === 'leave') return onActivate(null)
    if (move.kind === 'open') return void (active !== null && onOpen(active))
    rows.reveal(move.index)
    const key = entries[move.index]?.key ?? null
    onActivate(key)
    if (selected !== null && key !== null) onOpen(key)
  }

  return (
    <>
      <div
        aria-hidden
        className={`grid gap-x-3 border-b border-line bg-sunken px-4 py-1.5 text-small font-medium text-ink-faint max-sm:hidden ${COLUMNS}`}
      >
        <span>{stream.columns.time}</span>
        <span>{stream.columns.channel}</span>
        <span>{stream.columns.type}</span>
        <span>{stream.columns.message}</span>
      </div>
      <div
        ref={boxRef}
        role="listbox"
        aria-label={stream.title}
        aria-activedescendant={active === null || activeIndex < 0 ? undefined : rowId(active)}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onScroll={rows.onScroll}
        onBlur={() => onActivate(null)}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain [overflow-anchor:none] focus-visible:outline-none"
      >
        <div role="presentation" className="relative" style={{ height: entries.length * heightPx }}>
          {entries.slice(rows.first, rows.end).map((entry, i) => (
            <MessageRow
              key={entry.key}
              entry={entry}
              id={rowId(entry.key)}
              topPx={(rows.first + i) * heightPx}
              heightPx={heightPx}
              position={rows.first + i + 1}
              size={entries.length}
              active={entry.key === active}
              selected={entry.key === selected}
              onOpen={onOpen}
            />
          ))}
        </div>
      </div>
    </>
  )
}
