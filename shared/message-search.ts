import { z } from 'zod'

/** Forms in which the archive is exported. */
export const EXPORT_FORMATS = ['ndjson', 'csv'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** How a field's value is compared: as text when equal, else as a number. */
const OPERATORS = ['>=', '<=', '>', '<', '='] as const

/** One condition on a field of a message. */
export interface FieldTerm {
  /** Names of fields and numbers of items, from the outside in. */
  path: string[]
  operator: (typeof OPERATORS)[number]
  /** `*` with `=`: any value. */
  value: string
}

const TERM = /^([^\s=<>:"{}]+?)(>=|<=|>|<|=|:)(.+)$/s
const NUMBER = /^-?\d+(\.\d+)?$/

/** Reads `total=49`, `total:49`, `customer.name=Ada` or `total>=10`; null when it is none. */
export function parseFieldTerm(text: string): FieldTerm | null {
  const [, path, sign, value] = TERM.exec(text) ?? []
  if (path === undefined || sign === undefined || value === undefined) return null
  const operator = OPERATORS.find((one) => one === sign) ?? '='
  const names = path.split('.')
  if (names.includes('') || names.length > 20) return null
  return operator === '=' || NUMBER.test(value) ? { path: names, operator, value } : null
}

/** Writes a condition as it stands in an address. */
export function formatFieldTerm({ path, operator, value }: FieldTerm): string {
  return `${path.join('.')}${operator}${value}`
}

/** A condition in a query string. */
export const fieldTerm = z
  .string()
  .max(500)
  .transform((text, context) => {
    const term = parseFieldTerm(text)
    if (term !== null) return term
    const message = `${JSON.stringify(text.slice(0, 100))} is no condition; it looks like total=49, customer.name=Ada or total>=10`
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })

/** What is typed into one box: text to find, and conditions on fields. */
export interface TypedSearch {
  text: string
  terms: FieldTerm[]
}

/** A word of the box: a value may be quoted to hold spaces, and a whole word to stand for itself. */
const WORD = /[^\s"]*"[^"]*"\S*|\S+/g

/**
 * Parts what is typed into text and conditions: `order total:49 customer.city:"New York"` finds messages that hold
 * `order` and have the two fields. A word in quotes, such as `"total":49`, is text.
 */
export function parseSearch(typed: string): TypedSearch {
  const terms: FieldTerm[] = []
  const words: string[] = []
  for (const [word] of typed.matchAll(WORD)) {
    const term = word.startsWith('"') ? null : parseFieldTerm(unquoteValue(word))
    if (term === null) words.push(word)
    else terms.push(term)
  }
  const text = words.join(' ')
  // Quotes around all of it keep a condition from being read as one.
  return { text: /^"[^"]*"$/.test(text) ? text.slice(1, -1) : text, terms }
}

function unquoteValue(word: string): string {
  return word.replace(/([=:<>])"([^"]*)"$/, '$1$2')
}
