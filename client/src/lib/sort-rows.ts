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

/** Compares numbers by size, and texts as people of that language order them, numbers within them by size. */
export function compareValues(locale: string): (a: string | number, b: string | number) => number {
  const collator = new Intl.Collator(locale, { numeric: true })
  return (a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b)))
}
