import { storableText } from './storable.ts'

const MAX_BYTES = 4096
const MAX_TEXT = 1000
const MAX_ITEMS = 100
const MAX_DEPTH = 5
/** Fields that nobody may read in the log, whoever puts them there. */
const SECRET = /token|secret|password|passcode|authorization|cookie/i

/** Makes an entry's data fit jsonb and a row: storable texts, no secrets, nothing deep, at most 4 KiB. */
export function fitData(data: Record<string, unknown> | undefined): Record<string, unknown> | null {
  if (data === undefined) return null
  const fitted = fit(data, 0) as Record<string, unknown>
  const text = JSON.stringify(fitted)
  if (Buffer.byteLength(text) <= MAX_BYTES) return fitted
  return { truncated: fitText(text) }
}

/** Makes a text fit a column. */
export function fitText(text: string): string {
  return storableText(text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text)
}

function fit(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return fitText(value)
  if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Error) return fitText(value.message)
  if (depth === MAX_DEPTH) return '…'
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => fit(item, depth + 1))
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  return Object.fromEntries(
    entries.slice(0, MAX_ITEMS).map(([key, item]) => [fitText(key), fitField(key, item, depth)]),
  )
}

function fitField(key: string, item: unknown, depth: number): unknown {
  return SECRET.test(key) ? '[redacted]' : fit(item, depth + 1)
}
