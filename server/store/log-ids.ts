/** Entries that one millisecond can number: four places in base 36. */
const PER_MILLISECOND = 36 ** 4

/** Tells whether `text` has the form of these ids. */
export const isLogId = (text: string) => /^[0-9a-z]{13}-[A-Za-z0-9]{4}$/.test(text)

/**
 * Creates ids that sort as text by time: milliseconds and a counter in base 36, then a mark of the node. Each is
 * greater than the one before, even when the clock goes back.
 */
export function createLogIds(node: string): (nowMs: number) => string {
  const mark = node
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(-4)
    .padStart(4, '0')
  let lastMs = 0
  let counter = 0
  return (nowMs) => {
    if (nowMs > lastMs) {
      lastMs = nowMs
      counter = 0
    } else if (++counter === PER_MILLISECOND) {
      lastMs++
      counter = 0
    }
    return `${lastMs.toString(36).padStart(9, '0')}${counter.toString(36).padStart(4, '0')}-${mark}`
  }
}
