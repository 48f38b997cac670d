/** What a key asks of the list; null when it asks nothing. */
export type RowMove = { kind: 'go'; index: number } | { kind: 'open' } | { kind: 'leave' } | null

const PAGE_ROWS = 10

/** Reads a key pressed in a list of `count` rows; `active` is -1 while no row is. */
export function readRowKey(key: string, active: number, count: number): RowMove {
  if (key === 'Escape') return { kind: 'leave' }
  if (count === 0) return null
  if (key === 'Enter' || key === ' ') return active < 0 ? null : { kind: 'open' }
  const target = targetOf(key, active, count)
  return target === null ? null : { kind: 'go', index: Math.min(count - 1, Math.max(0, target)) }
}

function targetOf(key: string, active: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return active + 1
    case 'ArrowUp':
    case 'k':
      return active - 1
    case 'PageDown':
      return active + PAGE_ROWS
    case 'PageUp':
      return active - PAGE_ROWS
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
