import { memo } from 'react'
import type { Entry } from '../lib/feed.ts'
import { formatTime } from '../lib/format.ts'
import { preview } from '../lib/preview.ts'

/** Height of a row on a wide and on a narrow screen, where it takes two lines. */
export const ROW_PX = { wide: 36, narrow: 56 } as const

/** The columns of the head and of every row on a wide screen. */
export const COLUMNS = 'sm:grid-cols-[7rem_minmax(6rem,12rem)_minmax(5rem,9rem)_minmax(0,1fr)]'

interface MessageRowProps {
  entry: Entry
  id: string
  topPx: number
  heightPx: number
  /** Position in the whole list, from 1, for those who cannot see it. */
  position: number
  size: number
  active: boolean
  selected: boolean
  onOpen: (key: number) => void
}

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { entry, id, topPx, heightPx, position, size, active, selected, onOpen } = props
  const { message } = entry
  const look = selected ? 'bg-accent-fill' : active ? 'bg-hover' : 'hover:bg-hover'
  return (
    <div
      id={id}
      role="option"
      aria-selected={selected}
      aria-posinset={position}
      aria-setsize={size}
      onClick={() => onOpen(entry.key)}
      style={{ transform: `translateY(${topPx}px)`, height: heightPx }}
      className={`absolute inset-x-0 top-0 grid cursor-pointer grid-cols-[auto_minmax(0,1fr)_auto] content-center items-center gap-x-3 border-b border-line px-4 text-row ${COLUMNS} ${look} ${active ? 'shadow-[inset_2px_0_0_var(--color-accent-line)]' : ''}`}
    >
      <time dateTime={message.timestamp} className="font-mono text-small text-ink-faint tabular-nums">
        {formatTime(message.timestamp)}
      </time>
      <span className="truncate font-mono text-small text-accent-text" title={message.channel}>
        {message.channel}
      </span>
      <span className="truncate font-medium max-sm:max-w-28" title={message.type}>
        {message.type}
      </span>
      <span className="truncate font-mono text-small text-ink-soft max-sm:col-span-3">{preview(message)}</span>
    </div>
  )
})
