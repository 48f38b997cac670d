import type { LogRecord } from '../../../shared/api.ts'
import { stringifyExact } from '../../../shared/exact-json.ts'
import type { LogLevel, Message } from '../../../shared/protocol.ts'
import { request } from './api.ts'

/** What the log is narrowed to, as it stands in the address; empty where nothing is asked. */
export interface LogSearch {
  levels: readonly LogLevel[]
  type: string
  q: string
  /** ISO 8601. */
  since: string
  until: string
}

export interface LogPage {
  logs: LogRecord[]
  nextCursor: string | null
}

/** The query that the server understands. */
export function logQuery({ levels, type, q, since, until }: LogSearch): URLSearchParams {
  const query = new URLSearchParams(levels.map((level) => ['level', level]))
  for (const [name, value] of Object.entries({ type, q, since, until })) if (value !== '') query.set(name, value)
  return query
}

/** One page, newest first. */
export function fetchLogs(search: LogSearch, cursor: string | null, limit: number, signal: AbortSignal) {
  const query = logQuery(search)
  query.set('limit', String(limit))
  if (cursor !== null) query.set('cursor', cursor)
  return request<LogPage>(`/api/logs?${query.toString()}`, undefined, undefined, signal)
}

/** How many fit, and which types there are at all. */
export function countLogs(search: LogSearch, signal: AbortSignal) {
  return request<{ count: number; types: string[] }>(
    `/api/logs/count?${logQuery(search).toString()}`,
    undefined,
    undefined,
    signal,
  )
}

/** How many entries are older than a time, or all; ISO 8601. */
export async function countBefore(before: string | null, signal: AbortSignal): Promise<number> {
  const query = before === null ? '' : `?before=${encodeURIComponent(before)}`
  const { count } = await request<{ count: number }>(`/api/logs/count${query}`, undefined, undefined, signal)
  return count
}

/** Removes what is older than a time, or all; resolves with how many entries went. */
export async function clearLogs(before: string | null): Promise<number> {
  const query = before === null ? '' : `?before=${encodeURIComponent(before)}`
  const { deleted } = await request<{ deleted: number }>(`/api/logs${query}`, undefined, 'DELETE')
  return deleted
}

/** The entry that a message of `admin/logs` brings; undefined when it is no such message. */
export function logOf(message: Message): LogRecord | undefined {
  return message.type === 'log' ? (message as unknown as { log: LogRecord }).log : undefined
}

/** Tells whether an entry that just came is one that the search would find. */
export function isFound({ levels, type, q, since, until }: LogSearch, log: LogRecord): boolean {
  if (levels.length > 0 && !levels.includes(log.level)) return false
  if (type !== '' && log.type !== type) return false
  if (since !== '' && Date.parse(log.timestamp) < Date.parse(since)) return false
  if (until !== '' && Date.parse(log.timestamp) > Date.parse(until)) return false
  if (q === '') return true
  const text = [log.message, log.type, log.actor, log.data && stringifyExact(log.data)].join(' ')
  return text.toLowerCase().includes(q.toLowerCase())
}
