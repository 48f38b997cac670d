import { ArrowDown, ArrowUp } from 'lucide-react'
import { useWords } from '../lib/language.ts'
import { writeOrder } from '../lib/sort-rows.ts'
import { Checkbox } from './checkbox.tsx'
import type { Column, Sorting } from './table.tsx'

const LOOK =
  'sticky top-0 z-1 h-8 border-b border-line bg-sunken pr-2 pl-3 @[60rem]:first:pl-4 text-left text-small font-medium whitespace-nowrap text-ink-faint'

interface TableHeadProps<Row> {
  columns: readonly Column<Row>[]
  sorting: Sorting | undefined
  hasActions: boolean
  /** How many of the rows are picked; undefined where none can be. */
  picked: 'all' | 'some' | 'none' | undefined
  onPickAll: () => void
}

/** The heads, which stay in sight while the page scrolls. */
export function TableHead<Row>({ columns, sorting, hasActions, picked, onPickAll }: TableHeadProps<Row>) {
  const { list } = useWords()
  return (
    <thead className="@max-[60rem]:hidden">
      <tr>
        {picked !== undefined && (
          <th scope="col" className={`${LOOK} w-10`}>
            <Checkbox
              label={list.pickAll}
              checked={picked === 'all'}
              indeterminate={picked === 'some'}
              onClick={onPickAll}
            />
          </th>
        )}
        {columns.map((column) => (
          <Head key={column.key} column={column} sorting={sorting} />
        ))}
        {hasActions && (
          <th scope="col" className={`${LOOK} w-0`}>
            <span className="sr-only">{list.actions}</span>
          </th>
        )}
      </tr>
    </thead>
  )
}

interface HeadProps<Row> {
  column: Column<Row>
  sorting: Sorting | undefined
}

function Head<Row>({ column: { key, head, sortBy, right, rem }, sorting }: HeadProps<Row>) {
  const look = `${LOOK} ${right ? 'text-right' : ''}`
  const style = rem === undefined ? undefined : { width: `${rem}rem` }
  if (!sortBy || !sorting) {
    return (
      <th scope="col" className={look} style={style}>
        {head}
      </th>
    )
  }
  const { order, onOrder } = sorting
  const here = order.key === key
  const Arrow = order.descending ? ArrowDown : ArrowUp
  const next = writeOrder({ key, descending: here ? !order.descending : (right ?? false) })
  return (
    <th
      scope="col"
      aria-sort={here ? (order.descending ? 'descending' : 'ascending') : 'none'}
      className={look}
      style={style}
    >
      <button
        type="button"
        onClick={() => onOrder(next)}
        className={`-mx-1.5 inline-flex h-6 items-center gap-1 rounded-control px-1.5 transition-colors hover:text-ink ${right ? 'flex-row-reverse' : ''}`}
      >
        {head}
        <Arrow aria-hidden className={`size-3 ${here ? '' : 'invisible'}`} />
      </button>
    </th>
  )
}
