import type { ExportFormat } from '../../shared/message-search.ts'
import { parseExact, stringifyExact } from '../../shared/exact-json.ts'
import type { FoundMessage } from '../store/archive.ts'
import { inert, quoted } from './csv.ts'

const COLUMNS = ['id', 'timestamp', 'channel', 'type', 'from'] as const

/** The first line of an export; empty where the format has none. */
export function headLine(format: ExportFormat): string {
  return format === 'csv' ? `${[...COLUMNS, 'message'].join()}\r\n` : ''
}

/** One message as a line of NDJSON, whole as a subscriber got it, or of CSV (RFC 4180): its own fields are JSON in the last column. */
export function messageLine(format: ExportFormat, { offset, body }: FoundMessage, epoch: string): string {
  const id = `${epoch}.${offset}`
  if (format === 'ndjson') return `{"id":"${id}",${body.slice(1)}\n`
  const { timestamp, channel, type, from, ...own } = parseExact(body) as Record<string, unknown>
  const cells = [id, timestamp, channel, type, from].map((value) => cell(value === undefined ? '' : String(value)))
  return `${[...cells, quoted(stringifyExact(own))].join()}\r\n`
}

/** Any line break becomes a space, so that a message is one line of the file too. */
function cell(text: string): string {
  const safe = inert(text)
  return /[",\r\n']/.test(safe) ? quoted(safe.replaceAll(/[\r\n]+/g, ' ')) : safe
}
