import type { Filter } from './use-list-view.ts'

interface Values<Value extends string> {
  param: string
  label: string
  /** In the order in which they are offered. */
  values: readonly Value[]
  /** What each value is called. */
  names: Readonly<Record<Value, string>>
}

/** A filter of a list by what each row is, of a few known values. */
export function choiceFilter<Value extends string, Row>(
  { param, label, values, names }: Values<Value>,
  valueOf: (row: Row) => Value,
): Filter<Row> {
  const choices = values.map((value) => ({ value, label: names[value], fits: (row: Row) => valueOf(row) === value }))
  return { param, label, choices }
}
