/** What a column is sorted by; null stands last either way. */
export type SortValue = string | number | null

/** How a list is ordered: a column's key, and whether from the largest down. */
export interface Order {
  key: string
  descending: boolean
}

/** Reads `name` or `-name`, as it stands in the address. */
export function readOrder(text: string): Order {
  return text.startsWith('-') ? { key: text.slice(1), descending: true } : { key: text, descending: false }
}

export function writeOrder({ key, descending }: Order): string {
  return descending ? `-${key}` : key
}

/** Returns the rows in order; equal ones stay as they were. */
export function sortRows<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => SortValue,
  descending: boolean,
  locale: string,
): Row[] {
  const collator = new Intl.Collator(locale, { numeric: true })
  const compare = (a: string | number, b: string | number) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
  return rows.toSorted((one, other) => {
    const a = valueOf(one)
    const b = valueOf(other)
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return descending ? compare(b, a) : compare(a, b)
  })
}
