import type { DashboardUser, Receipt, Stats, StatsHistory, StatsSpan } from '../../../shared/api.ts'
import { parseExact, stringifyExact } from '../../../shared/exact-json.ts'
import type { JsonObject, Message } from '../../../shared/protocol.ts'
import { ALL_NODES } from '../../../shared/stats-spans.ts'
import { withBase } from './base.ts'
import { RequestError, toRequestError } from './problem.ts'

/** Who is signed in; null when nobody is. */
export async function fetchUser(): Promise<DashboardUser | null> {
  try {
    const me = await request<{ user?: DashboardUser }>('/api/auth/me')
    return me.user ?? null
  } catch (error) {
    if (error instanceof RequestError && error.problem?.status === 401) return null
    throw error
  }
}

/** By password, or by the code of a one-time link. */
export type Credentials = { email: string; password: string } | { code: string }

export async function signIn(credentials: Credentials): Promise<DashboardUser> {
  const { user } = await request<{ user: DashboardUser }>('/api/auth/login', credentials)
  return user
}

export async function signOut(): Promise<void> {
  await request('/api/auth/logout', {})
}

/** Of a node; null for all together. */
export function fetchStats(node: string | null): Promise<Stats> {
  return request(`/api/stats?node=${encodeURIComponent(node ?? ALL_NODES)}`)
}

export function fetchStatsHistory(span: StatsSpan, node: string | null): Promise<StatsHistory> {
  return request(`/api/stats/history?span=${span}&node=${encodeURIComponent(node ?? ALL_NODES)}`)
}

/** The newest messages of the archive in the channels that `pattern` covers, newest first. */
export async function fetchRecentMessages(pattern: string, limit: number): Promise<Message[]> {
  const query = new URLSearchParams({ channel: pattern, limit: String(limit) })
  const { items } = await request<{ items: Message[] }>(`/api/messages?${query.toString()}`)
  return items
}

export function broadcast(message: JsonObject): Promise<Receipt> {
  return request('/api/broadcast', message)
}

/** Puts a stored message on its channel once more: with a new id, a new time, and from whoever does it. */
export function publishAgain(message: Message): Promise<Receipt> {
  const { id: _id, timestamp: _timestamp, from: _from, ...again } = message
  return broadcast(again)
}

/**
 * Numbers that JavaScript has no room for travel both ways as they are; `stringifyExact` shows them.
 * GETs without a body, POSTs one, unless `method` says otherwise; rejects with RequestError alone.
 */
export async function request<T>(
  path: string,
  body?: JsonObject,
  method?: 'PATCH' | 'DELETE',
  signal?: AbortSignal,
): Promise<T> {
  const response = await send(path, body, method ?? (body ? 'POST' : 'GET'), signal)
  if (!response.ok) throw await toRequestError(response)
  // The server's answers are made from the schemas that these types come from.
  return (response.status === 204 ? undefined : await readJson(response)) as T
}

function send(path: string, body: JsonObject | undefined, method: string, signal?: AbortSignal): Promise<Response> {
  const content = body && { headers: { 'content-type': 'application/json' }, body: stringifyExact(body) }
  return fetch(withBase(path), { method, ...content, ...(signal && { signal }) }).catch(() =>
    Promise.reject(new RequestError(null)),
  )
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return parseExact(await response.text())
  } catch {
    throw new RequestError(null)
  }
}
