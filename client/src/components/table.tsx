import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ComponentType, KeyboardEvent, ReactNode } from 'react'
import { useWords } from '../lib/language.ts'
import { readRowKey } from '../lib/row-keys.ts'
import { writeOrder, type Order, type SortValue } from '../lib/sort-rows.ts'

export interface Column<Row> {
  key: string
  head: string
  cell: (row: Row) => ReactNode
  /** What the column is sorted by; without it, it cannot be. */
  sortBy?: (row: Row) => SortValue
  /** Takes what the other columns leave over. */
  wide?: boolean
}

interface TableProps<Row> {
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  RowActions?: ComponentType<{ row: Row }> | undefined
  /** How the rows are ordered now, and what to call to have them otherwise; absent where the order is fixed. */
  sorting?: Sorting
}

interface Sorting {
  order: Order
  onOrder: (order: string) => void
}

/**
 * Rows under heads that sort; on a phone each row is a card that names its values.
 * j, k and the arrows walk through the rows, Enter presses a row's first button, x the one marked `data-destructive`.
 */
export function Table<Row>({ label, rows, columns, rowKey, RowActions, sorting }: TableProps<Row>) {
  const { list } = useWords()
  return (
    <table aria-label={label} className="w-full text-row @max-[60rem]:block">
      <thead className="@max-[60rem]:hidden">
        <tr>
          {columns.map((column) => (
            <Head key={column.key} column={column} sorting={sorting} />
          ))}
          {RowActions && (
            <th scope="col" className="sticky top-0 z-1 w-0 border-b border-line bg-sunken">
              <span className="sr-only">{list.actions}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody className="@max-[60rem]:block" onKeyDown={walk}>
        {rows.map((row, i) => (
          <tr
            key={rowKey(row)}

            tabIndex={i === 0 ? 0 : -1}
            data-row={rowKey(row)}
            className="border-b border-line -outline-offset-2 transition-colors last:border-b-0 hover:bg-hover @max-[60rem]:grid @max-[60rem]:gap-x-6 @max-[60rem]:gap-y-1.5 @max-[60rem]:@2xl:grid-cols-2 @max-[60rem]:px-4 @max-[60rem]:py-3"
          >
            {columns.map((column) => (
              <td
                key={column.key}

                className={`h-9 py-1 pr-2 pl-3 align-middle @[60rem]:first:pl-4 @max-[60rem]:flex @max-[60rem]:h-auto @max-[60rem]:gap-3 @max-[60rem]:p-0 ${column.wide ? '@[60rem]:w-full' : ''}`}
              >
                <span className="w-28 shrink-0 text-ink-faint @[60rem]:hidden">{column.head}</span>
                <div className="min-w-0">{column.cell(row)}</div>
              </td>
            ))}
            {RowActions && (
              <td className="py-1 pr-2.5 @max-[60rem]:p-0 @max-[60rem]:has-[div:empty]:hidden">
                <div className="flex justify-end gap-1 @max-[60rem]:-ml-2.5 @max-[60rem]:justify-start @max-[60rem]:empty:hidden">
                  <RowActions row={row} />
                </div>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface HeadProps<Row> {
  column: Column<Row>
  sorting: Sorting | undefined
}

function Head<Row>({ column: { key, head, sortBy }, sorting }: HeadProps<Row>) {
  const look =
    'sticky top-0 z-1 h-8 border-b border-line bg-sunken pr-2 pl-3 @[60rem]:first:pl-4 text-left text-small font-medium whitespace-nowrap text-ink-faint'
  if (!sortBy || !sorting) {
    return (
      <th scope="col" className={look}>
        {head}
      </th>
    )
  }
  const { order, onOrder } = sorting
  const here = order.key === key
  const Arrow = order.descending ? ArrowDown : ArrowUp
  const next = writeOrder({ key, descending: here && !order.descending })
  return (
    <th scope="col" aria-sort={here ? (order.descending ? 'descending' : 'ascending') : 'none'} className={look}>
      <button
        type="button"
        onClick={() => onOrder(next)}
        className="-mx-1.5 inline-flex h-6 items-center gap-1 rounded-control px-1.5 transition-colors hover:text-ink"
      >
        {head}
        <Arrow aria-hidden className={`size-3 ${here ? '' : 'invisible'}`} />
      </button>
    </th>
  )
}

/** Moves the focus from row to row, and presses a row's buttons. */
function walk(event: KeyboardEvent<HTMLElement>) {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const row = event.target
  if (!(row instanceof HTMLTableRowElement)) return
  if (event.key === 'x') return row.querySelector<HTMLElement>('[data-destructive]')?.click()
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('tr')]
  const move = readRowKey(event.key, rows.indexOf(row), rows.length)
  if (move === null) return
  event.preventDefault()
  if (move.kind === 'go') rows[move.index]?.focus()
  else if (move.kind === 'open') row.querySelector<HTMLElement>('button')?.click()
  else row.blur()
}
