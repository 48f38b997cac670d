/** A spreadsheet takes what begins with one of these for a formula. */
const FORMULA = /^[=+\-@\t\r]/

/** One line of CSV (RFC 4180) with its end; objects as JSON, null as nothing. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(cellOf).join(',')}\r\n`
}

/** What a spreadsheet shows instead of running it: anybody may have written it. */
export function inert(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

/** A cell that holds `text` whatever is in it. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? inert(value) : JSON.stringify(value)
  return /[",\r\n]/.test(text) ? quoted(text) : text
}
