import { useMemo } from 'react'
import { useLocale } from './language.ts'
import { setParams, useParam, useSearch } from './router.ts'
import { readOrder, type Order } from './sort-rows.ts'

/** A choice of one kind of rows, kept in the address under `param`; all are shown while none is chosen. */
export interface Filter<Row> {
  param: string
  label: string
  choices: readonly { value: string; label: string; fits: (row: Row) => boolean }[]
}

/** A filter by what is typed, kept in the address under `param`. */
export interface TextFilter<Row> {
  param: string
  label: string
  /** What may be typed, as an example. */
  example: string
  fits: (row: Row, text: string) => boolean
}

interface ListSource<Row> {
  rows: readonly Row[]
  textOf: (row: Row) => string
  filter?: Filter<Row> | undefined
  textFilters?: readonly TextFilter<Row>[] | undefined
  firstOrder: string
}

/** A list as the address asks for it. */
export interface ListView<Row> {
  search: string
  /** How many rows there are; `shown` are those that fit. */
  total: number
  shown: readonly Row[]
  order: Order
  filter: {
    param: string
    label: string
    chosen: string
    choices: { value: string; label: string; count: number }[]
  } | null
  /** The filters by text, with what each is set to; empty while it is not. */
  texts: { param: string; label: string; example: string; value: string }[]
  clear: () => void
}

const NONE: readonly never[] = []

/** Finds and filters rows by what the address says. */
export function useListView<Row>({
  rows,
  textOf,
  filter,
  textFilters = NONE,
  firstOrder,
}: ListSource<Row>): ListView<Row> {
  const locale = useLocale()
  const params = new URLSearchParams(useSearch())
  const search = useParam('q') ?? ''
  const chosen = (filter && params.get(filter.param)) ?? ''
  const texts = textFilters.map(({ param, label, example }) => {
    return { param, label, example, value: params.get(param) ?? '' }
  })
  const wanted = search.trim().toLocaleLowerCase(locale)
  // As one text, so that a change elsewhere in the address filters nothing anew.
  const typed = texts.map(({ value }) => value).join('\n')

  const found = useMemo(() => {
    const values = typed.split('\n')
    const set = textFilters.map(({ fits }, i) => ({ fits, value: values[i] ?? '' })).filter(({ value }) => value !== '')
    return rows.filter(
      (row) =>
        set.every(({ fits, value }) => fits(row, value)) &&
        (wanted === '' || textOf(row).toLocaleLowerCase(locale).includes(wanted)),
    )
  }, [rows, textOf, textFilters, wanted, typed, locale])

  const choice = filter?.choices.find(({ value }) => value === chosen)
  const shown = useMemo(() => (choice ? found.filter(choice.fits) : found), [found, choice])

  return {
    search,
    total: rows.length,
    shown,
    order: readOrder(useParam('sort') ?? firstOrder),
    filter: filter
      ? {
          param: filter.param,
          label: filter.label,
          chosen: choice?.value ?? '',
          choices: filter.choices.map(({ value, label, fits }) => ({ value, label, count: found.filter(fits).length })),
        }
      : null,
    texts,
    clear: () => {
      const names = ['q', ...(filter ? [filter.param] : []), ...textFilters.map(({ param }) => param)]
      setParams(Object.fromEntries(names.map((name) => [name, null])))
    },
  }
}
