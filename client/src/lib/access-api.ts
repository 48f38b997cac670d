import type { ApiKeyInfo, DashboardUser, Invitation, Scope, SessionInfo, UserAccount } from '../../../shared/api.ts'
import { request } from './api.ts'

/** The largest page a list gives. */
const PAGE_SIZE = 500
/** Beyond this a page of the dashboard is the wrong tool. */
const MAX_PAGES = 20

/** Reads a list to its end, so that sorting and searching see all of it. */
export async function readAll<T>(path: string, name: string, query: Record<string, string> = {}): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const params = new URLSearchParams({ ...query, limit: String(PAGE_SIZE), ...(cursor !== null && { cursor }) })
    const answer: Record<string, unknown> = await request(`${path}?${params}`)
    items.push(...(answer[name] as T[]))
    cursor = answer.nextCursor as string | null
    if (cursor === null) break
  }
  return items
}

const at = (path: string, id: string) => `${path}/${encodeURIComponent(id)}`

// ---- keys

export interface NewKey {
  name: string
  scopes: Scope[]
  /** Null for all channels. */
  channels: string[] | null
  /** Null for never. */
  expiresAt: string | null
}

/** A key just made, with what the application sends: told this once. */
export interface MadeKey {
  key: ApiKeyInfo
  secret: string
}

export const fetchKeys = () => readAll<ApiKeyInfo>('/api/keys', 'keys')
export const createKey = (key: NewKey) => request<MadeKey>('/api/keys', { ...key })
export const revokeKey = (id: string) => request<void>(at('/api/keys', id), undefined, 'DELETE')

// ---- users

export interface NewInvitation {
  email: string
  role: DashboardUser['role']
}

/** An invitation just made, with the link that is told this once. */
export interface MadeInvitation {
  invitation: Invitation
  url: string
}

export interface UserChange {
  id: string
  name?: string | null
  role?: DashboardUser['role']
}

export const fetchUsers = () => readAll<UserAccount>('/api/users', 'users')
export const fetchInvitations = () => readAll<Invitation>('/api/users/invitations', 'invitations')
export const inviteUser = (invitation: NewInvitation) =>
  request<MadeInvitation>('/api/users/invitations', { ...invitation })
export const withdrawInvitation = (id: string) => request<void>(at('/api/users/invitations', id), undefined, 'DELETE')
export const changeUser = ({ id, ...change }: UserChange) => request<UserAccount>(at('/api/users', id), change, 'PATCH')
export const deleteUser = (id: string) => request<void>(at('/api/users', id), undefined, 'DELETE')

// ---- sessions

export const fetchSessions = (all: boolean) =>
  readAll<SessionInfo>('/api/sessions', 'sessions', all ? { all: '1' } : {})
export const endSession = (id: string) => request<void>(at('/api/sessions', id), undefined, 'DELETE')
export const endOtherSessions = () => request<{ ended: number }>('/api/sessions', undefined, 'DELETE')

// ---- access

export interface Question {
  who: { claims: string } | { key: string } | { anonymous: '1' }
  action: 'subscribe' | 'publish'
  channel: string
  /** Type of the message to publish; null for the usual one. */
  type: string | null
}

export interface Explanation {
  allowed: boolean
  /** The rule that allows it; null when none does. */
  rule: string | null
  detail: string
}

export function explainAccess({ who, action, channel, type }: Question): Promise<Explanation> {
  const params = new URLSearchParams({ ...who, action, channel, ...(type !== null && { type }) })
  return request(`/api/auth/explain?${params}`)
}
