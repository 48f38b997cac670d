const PAGE_OPTIONS = 8

/** Where a key moves the choice in a list of `count`, round its ends; null when the key is not for the list. */
export function moveChoice(key: string, index: number, count: number): number | null {
  if (count === 0) return null
  switch (key) {
    case 'ArrowDown':
      return (index + 1) % count
    case 'ArrowUp':
      return (Math.max(index, 0) - 1 + count) % count
    case 'PageDown':
      return Math.min(count - 1, index + PAGE_OPTIONS)
    case 'PageUp':
      return Math.max(0, index - PAGE_OPTIONS)
    default:
      return null
  }
}
