import {
  createSortedRowModel,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type Row as ModelRow,
  type RowSelectionState,
} from '@tanstack/react-table'
import { useMemo } from 'react'
import { compareValues, type Order, type SortValue } from './sort-rows.ts'

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel(), rowSelectionFeature })

/** A row as the table holds it: with its key, its place in the order, and whether it is picked. */
export type TableRow<Row extends object> = ModelRow<typeof features, Row>

/** The keys of the picked rows. */
export type PickedRows = RowSelectionState

/** Which rows are picked, held by whoever acts on them. */
export interface Picking {
  picked: PickedRows
  onPick: (change: PickedRows | ((old: PickedRows) => PickedRows)) => void
}

interface TableSource<Row extends object> {
  rows: readonly Row[]
  columns: readonly { key: string; sortBy?: (row: Row) => SortValue }[]
  rowKey: (row: Row) => string
  /** Null leaves the rows as they come. */
  order: Order | null
  picking: Picking | undefined
  locale: string
}

/** Puts rows in order and keeps which of them are picked; the markup is the caller's. */
export function useDataTable<Row extends object>({ rows, columns, rowKey, order, picking, locale }: TableSource<Row>) {
  const defs = useMemo(() => columns.map((column) => columnDef(column, locale)), [columns, locale])
  const { key, descending: desc } = order ?? { key: null, descending: false }
  const sorting = useMemo(() => (key === null ? [] : [{ id: key, desc }]), [key, desc])
  return useTable<typeof features, Row>({
    features,
    columns: defs,
    data: rows,
    getRowId: rowKey,
    enableRowSelection: picking !== undefined,
    state: { sorting, rowSelection: picking?.picked ?? NOTHING },
    onRowSelectionChange: (change) => picking?.onPick(change),
  })
}

const NOTHING: PickedRows = {}

function columnDef<Row extends object>(
  { key, sortBy }: { key: string; sortBy?: (row: Row) => SortValue },
  locale: string,
): ColumnDef<typeof features, Row> {
  const compare = compareValues(locale)
  return {
    id: key,
    // What has no value stands last either way.
    accessorFn: (row) => sortBy?.(row) ?? undefined,
    sortUndefined: 'last',
    enableSorting: sortBy !== undefined,
    sortFn: (a, b, id) => compare(a.getValue<string | number>(id), b.getValue<string | number>(id)),
  }
}
