import { matches } from '../../../shared/channel.ts'
import { isMarkedNumber, stringifyExact } from '../../../shared/exact-json.ts'
import { type FieldTerm, formatFieldTerm, parseSearch } from '../../../shared/message-search.ts'
import type { Message } from '../../../shared/protocol.ts'
import { request } from './api.ts'

/** What the archive is searched by, as it stands in the address; empty where nothing is asked. */
export interface ArchiveSearch {
  /** Text, and conditions on fields such as `total:49`. */
  typed: string
  /** Name or pattern. */
  channel: string
  type: string
  from: string
  /** ISO 8601. */
  since: string
  until: string
}

/** The query that the server understands. */
export function archiveQuery({ typed, channel, type, from, since, until }: ArchiveSearch): URLSearchParams {
  const { text, terms } = parseSearch(typed)
  const query = new URLSearchParams()
  const parts = { q: text, channel, type, from, since, until }
  for (const [name, value] of Object.entries(parts)) if (value !== '') query.set(name, value)
  for (const term of terms) query.append('field', formatFieldTerm(term))
  return query
}

const PAGE_SIZE = 100

export interface ArchivePage {
  items: Message[]
  nextCursor: string | null
}

/** One page, newest first. */
export function fetchArchive(search: ArchiveSearch, cursor: string | null, signal: AbortSignal): Promise<ArchivePage> {
  const query = archiveQuery(search)
  query.set('limit', String(PAGE_SIZE))
  if (cursor !== null) query.set('cursor', cursor)
  return request(`/api/messages?${query.toString()}`, undefined, undefined, signal)
}

export async function countArchive(search: ArchiveSearch, signal: AbortSignal): Promise<number> {
  const query = archiveQuery(search).toString()
  const { count } = await request<{ count: number }>(`/api/messages/count?${query}`, undefined, undefined, signal)
  return count
}

export function fetchMessage(id: string): Promise<Message> {
  return request(`/api/messages/${encodeURIComponent(id)}`)
}

/** Returns how to tell whether a message that just came would be found, too. */
export function archiveMatcher(search: ArchiveSearch): (message: Message) => boolean {
  const { text, terms } = parseSearch(search.typed)
  const wanted = text.toLowerCase()
  return (message) => {
    // What is not kept is not found either.
    if (message.id === undefined) return false
    if (search.channel !== '' && !matches(search.channel, message.channel)) return false
    if (search.type !== '' && message.type !== search.type) return false
    if (search.from !== '' && message.from !== search.from) return false
    if (search.since !== '' && message.timestamp < new Date(search.since).toISOString()) return false
    if (search.until !== '' && message.timestamp > new Date(search.until).toISOString()) return false
    if (!terms.every((term) => holds(message, term))) return false
    return wanted === '' || stringifyExact(message).toLowerCase().includes(wanted)
  }
}

function holds(message: Message, { path, operator, value }: FieldTerm): boolean {
  let found: unknown = message
  for (const name of path) found = (found as Record<string, unknown> | null | undefined)?.[name]
  if (found === undefined) return false
  const values = Array.isArray(found) ? found : [found]
  if (operator === '=') return value === '*' || values.some((one) => textOf(one) === value)
  return values.some((one) => compare(Number(textOf(one)), operator, Number(value)))
}

function textOf(value: unknown): string {
  return typeof value === 'string' && !isMarkedNumber(value) ? value : stringifyExact(value)
}

function compare(a: number, operator: FieldTerm['operator'], b: number): boolean {
  if (operator === '>') return a > b
  if (operator === '>=') return a >= b
  return operator === '<' ? a < b : a <= b
}
