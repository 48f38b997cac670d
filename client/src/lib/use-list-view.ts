import { useState } from 'react'
import { formatExact } from './format.ts'
import { useLocale } from './language.ts'
import { setParams, useParam } from './router.ts'
import { readOrder, sortRows, type Order, type SortValue } from './sort-rows.ts'

/** A choice of one kind of rows, kept in the address under `param`; all are shown while none is chosen. */
export interface Filter<Row> {
  param: string
  label: string
  choices: readonly { value: string; label: string; fits: (row: Row) => boolean }[]
}

interface ListSource<Row> {
  rows: readonly Row[]
  columns: readonly { key: string; sortBy?: (row: Row) => SortValue }[]
  textOf: (row: Row) => string
  filter?: Filter<Row> | undefined
  firstOrder: string
}

/** A list as the address asks for it. */
export interface ListView {
  search: string
  /** How many rows there are, and how many of them fit. */
  total: number
  matching: number
  order: Order
  filter: {
    param: string
    label: string
    chosen: string
    choices: { value: string; label: string; count: number }[]
  } | null
  clear: () => void
}

/** Rows drawn at once; more on demand. */
const STEP = 100

/** Finds, filters and sorts rows by what the address says. */
export function useListView<Row>({ rows, columns, textOf, filter, firstOrder }: ListSource<Row>) {
  const locale = useLocale()
  const [limit, setLimit] = useState(STEP)
  const search = useParam('q') ?? ''
  const order = readOrder(useParam('sort') ?? firstOrder)
  const chosen = useParam(filter?.param ?? '') ?? ''

  const wanted = search.trim().toLocaleLowerCase(locale)
  const found = rows.filter((row) => textOf(row).toLocaleLowerCase(locale).includes(wanted))
  const choice = filter?.choices.find(({ value }) => value === chosen)
  const matching = choice ? found.filter(choice.fits) : found
  const valueOf = columns.find(({ key }) => key === order.key)?.sortBy
  const sorted = valueOf ? sortRows(matching, valueOf, order.descending, locale) : matching
  const rest = sorted.length - limit

  return {
    search,
    total: rows.length,
    matching: matching.length,
    order,
    filter: filter
      ? {
          param: filter.param,
          label: filter.label,
          chosen: choice?.value ?? '',
          choices: filter.choices.map(({ value, label, fits }) => ({ value, label, count: found.filter(fits).length })),
        }
      : null,
    shown: sorted.slice(0, limit),
    more: rest > 0 ? { count: formatExact(Math.min(rest, STEP), locale), show: () => setLimit(limit + STEP) } : null,
    clear: () => setParams({ q: null, ...(filter && { [filter.param]: null }) }),
  }
}
