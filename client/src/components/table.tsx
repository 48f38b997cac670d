import { useRef, type ComponentType, type ReactNode } from 'react'
import { useLocale } from '../lib/language.ts'
import type { Order, SortValue } from '../lib/sort-rows.ts'
import { useDataTable, type Picking } from '../lib/use-data-table.ts'
import { usePickRange } from '../lib/use-pick-range.ts'
import { useRowWalk } from '../lib/use-row-walk.ts'
import { useRowWindow } from '../lib/use-row-window.ts'
import { TableHead } from './table-head.tsx'
import { TableRow } from './table-row.tsx'

export interface Column<Row> {
  key: string
  head: string
  cell: (row: Row) => ReactNode
  /** What the column is sorted by; without it, it cannot be. */
  sortBy?: (row: Row) => SortValue
  /** Takes what the other columns leave over. */
  wide?: boolean
  /** For numbers: their digits stand below each other. */
  right?: boolean
  /** Width in rem. A table whose columns all but the wide ones have it keeps them while rows come and go. */
  rem?: number
}

/** How the rows are ordered now, and what to call to have them otherwise. */
export interface Sorting {
  order: Order
  onOrder: (order: string) => void
}

export interface TableProps<Row extends object> {
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  RowActions?: ComponentType<{ row: Row }> | undefined
  /** Absent where the order is fixed. */
  sorting?: Sorting
  /** Absent where nothing is done to many rows at once. */
  picking?: Picking | undefined
  /** Opens a row that is clicked or entered. */
  onOpen?: ((row: Row) => void) | undefined
  /** Key of the row whose panel is open. */
  openKey?: string | null
}

/**
 * Rows under heads that sort; on a narrow page each row is a card that names its values. Beyond a hundred rows only
 * those in sight are in the document.
 * j, k and the arrows walk through the rows, Enter opens one or presses its first button, x picks it or presses the
 * button marked `data-destructive`.
 */
export function Table<Row extends object>(props: TableProps<Row>) {
  const { label, rows, columns, rowKey, RowActions, sorting, picking, onOpen, openKey = null } = props
  const body = useRef<HTMLTableSectionElement>(null)
  const order = sorting?.order ?? null
  const table = useDataTable({ rows, columns, rowKey, order, picking, locale: useLocale() })
  const model = table.getRowModel().rows
  const walk = useRowWalk(body)
  const window = useRowWindow(body, model.length, walk.focused)
  const pick = usePickRange(model, picking)
  const isFixed = columns.every(({ rem, wide }) => rem !== undefined || wide)
  const openAt = onOpen && ((index: number) => onOpen(model[index]!.original))
  const span = columns.length + (RowActions ? 1 : 0) + (picking ? 1 : 0)
  const tabStop = walk.focused !== null && walk.focused < model.length ? walk.focused : 0
  return (
    <table
      aria-label={label}
      aria-rowcount={model.length + 1}
      className={`w-full text-row @max-[60rem]:block ${isFixed ? '@[60rem]:table-fixed' : ''}`}
    >
      <TableHead
        columns={columns}
        sorting={sorting}
        hasActions={RowActions !== undefined}
        picked={picking && (table.getIsAllRowsSelected() ? 'all' : table.getIsSomeRowsSelected() ? 'some' : 'none')}
        onPickAll={() => table.toggleAllRowsSelected()}
      />
      <tbody
        ref={body}
        className="@max-[60rem]:block"
        onKeyDown={(event) =>
          walk.onKeyDown(event, { count: model.length, onOpen: openAt, onPick: pick, reveal: window.reveal })
        }
      >
        {window.pieces.map((piece) => {
          if (piece.kind === 'space') return <Space key={`before ${piece.before}`} px={piece.px} span={span} />
          const row = model[piece.index]
          return (
            row && (
              <TableRow
                key={row.id}
                row={row}
                index={piece.index}
                columns={columns}
                RowActions={RowActions}
                isTabStop={piece.index === tabStop}
                isOpen={row.id === openKey}
                isPicked={row.getIsSelected()}
                onOpen={onOpen}
                onPick={pick}
                onFocus={walk.setFocused}
                measure={window.measure}
              />
            )
          )
        })}
      </tbody>
    </table>
  )
}

/** Stands for rows that are not drawn. */
function Space({ px, span }: { px: number; span: number }) {
  return (
    <tr aria-hidden className="@max-[60rem]:block" style={{ height: px }}>
      <td colSpan={span} aria-hidden className="p-0" />
    </tr>
  )
}
