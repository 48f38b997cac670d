let lastMs = -1
let lastText = ''

/** Formats epoch milliseconds as ISO 8601; messages of one millisecond share the text. */
export function isoTime(ms: number): string {
  if (ms !== lastMs) {
    lastText = new Date(ms).toISOString()
    lastMs = ms
  }
  return lastText
}
