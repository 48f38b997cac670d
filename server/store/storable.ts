/** What takes the place of characters that PostgreSQL refuses. */
const REPLACEMENT = '\uFFFD'
const LONE_SURROGATES = /\p{Surrogate}/gu

/** Makes a text fit a column: PostgreSQL takes neither NUL nor half a surrogate pair, in text and in jsonb. */
export function storableText(text: string, maxCharacters = Infinity): string {
  return text.slice(0, maxCharacters).replaceAll('\0', REPLACEMENT).replace(LONE_SURROGATES, REPLACEMENT)
}

/** Tells whether a JSON value can be kept in jsonb as it is: its texts are storable, and it nests at most `maxDepth` deep. */
export function isStorable(value: unknown, maxDepth: number): boolean {
  if (typeof value === 'string') return storableText(value) === value
  if (typeof value !== 'object' || value === null) return true
  if (maxDepth === 0) return false
  return Object.entries(value).every(([key, item]) => storableText(key) === key && isStorable(item, maxDepth - 1))
}

/** How JSON.stringify writes NUL and halves of surrogate pairs; a text of its own may hold the same. */
const SUSPICIOUS = /\\u(?:0000|d[89a-f])/

/** Returns the JSON text of `value`, with every text in it made storable. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value)
  if (!SUSPICIOUS.test(json)) return json
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'string' ? storableText(item) : item))
}
