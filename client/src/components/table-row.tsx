import { memo, type ComponentType, type MouseEvent } from 'react'
import { useWords } from '../lib/language.ts'
import type { TableRow as ModelRow } from '../lib/use-data-table.ts'
import type { Pick } from '../lib/use-pick-range.ts'
import { Checkbox } from './checkbox.tsx'
import type { Column } from './table.tsx'

interface TableRowProps<Row extends object> {
  row: ModelRow<Row>
  index: number
  columns: readonly Column<Row>[]
  RowActions: ComponentType<{ row: Row }> | undefined
  /** Whether Tab leads here. */
  isTabStop: boolean
  isOpen: boolean
  isPicked: boolean
  onOpen: ((row: Row) => void) | undefined
  onPick: Pick | undefined
  onFocus: (index: number | null) => void
  measure: (row: HTMLElement | null) => void
}

const CARD =
  '@max-[60rem]:relative @max-[60rem]:grid @max-[60rem]:grid-cols-1 @max-[60rem]:gap-x-6 @max-[60rem]:gap-y-1.5 @max-[60rem]:@2xl:grid-cols-2 @max-[60rem]:px-4 @max-[60rem]:py-3'

/** One row, on a narrow page a card. While the table is scrolled it stays as it is. */
export const TableRow = memo(DrawnRow) as typeof DrawnRow

function DrawnRow<Row extends object>(props: TableRowProps<Row>) {
  const { row, index, columns, RowActions, isTabStop, isOpen, isPicked, onOpen, onPick, onFocus, measure } = props
  const { list } = useWords()
  const look = isOpen || isPicked ? 'bg-accent-fill' : 'hover:bg-hover'

  function openByClick(event: MouseEvent) {
    const { target } = event
    const isOwn = target instanceof Element && target.closest('button, a, input, label') !== null
    // Whoever marks text to copy it does not mean to open the row.
    if (onOpen && !isOwn && getSelection()?.isCollapsed !== false) onOpen(row.original)
  }

  return (
    <tr
      ref={measure}
      data-index={index}
      data-row={row.id}
      aria-rowindex={index + 2}
      aria-current={isOpen || undefined}
      tabIndex={isTabStop ? 0 : -1}
      onClick={openByClick}
      onFocus={() => onFocus(index)}
      onBlur={() => onFocus(null)}
      className={`border-b border-line -outline-offset-2 transition-colors last:border-b-0 ${CARD} ${look} ${onOpen ? 'cursor-pointer' : ''}`}
    >
      {onPick && (
        <td
          data-pick
          className="h-9 py-1 pl-3 @[60rem]:first:pl-4 @max-[60rem]:absolute @max-[60rem]:top-2 @max-[60rem]:right-3"
        >
          <Checkbox
            label={list.pick}
            checked={isPicked}
            tabIndex={-1}
            onClick={(event) => onPick(index, event.shiftKey)}
          />
        </td>
      )}
      {columns.map((column) => (
        <Cell key={column.key} column={column} row={row.original} />
      ))}
      {RowActions && (
        <td className="py-1 pr-2.5 @max-[60rem]:p-0 @max-[60rem]:has-[div:empty]:hidden">
          <div className="flex justify-end gap-1 @max-[60rem]:-ml-2.5 @max-[60rem]:justify-start @max-[60rem]:empty:hidden">
            <RowActions row={row.original} />
          </div>
        </td>
      )}
    </tr>
  )
}

function Cell<Row>({ column: { head, cell, wide, right, rem }, row }: { column: Column<Row>; row: Row }) {
  const width = wide && rem === undefined ? '@[60rem]:w-full' : ''
  const digits = right ? 'tabular-nums @[60rem]:text-right' : ''
  return (
    <td
      className={`h-9 py-1 pr-2 pl-3 align-middle @[60rem]:first:pl-4 @max-[60rem]:flex @max-[60rem]:h-auto @max-[60rem]:gap-3 @max-[60rem]:p-0 ${width} ${digits}`}
    >
      <span className="w-28 shrink-0 text-ink-faint @[60rem]:hidden">{head}</span>
      <div className="min-w-0">{cell(row)}</div>
    </td>
  )
}
