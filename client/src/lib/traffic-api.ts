import type { ChannelDetail, ChannelInfo, ConnectionInfo, KeptMessages, LogRecord } from '../../../shared/api.ts'
import type { Member } from '../../../shared/protocol.ts'
import { request } from './api.ts'
import type { FetchPage } from './use-live-list.ts'

/** The largest page a list gives. */
const PAGE_SIZE = '500'
const at = (path: string, name: string) => `${path}/${encodeURIComponent(name)}`

function pageQuery(cursor: string | null, more: Record<string, string> = {}): string {
  return new URLSearchParams({ limit: PAGE_SIZE, ...more, ...(cursor !== null && { cursor }) }).toString()
}

// ---- connections

export const fetchConnections: FetchPage<ConnectionInfo> = async (cursor) => {
  const answer = await request<{ connections: ConnectionInfo[]; nextCursor: string | null }>(
    `/api/connections?${pageQuery(cursor)}`,
  )
  return { rows: answer.connections, next: answer.nextCursor }
}

export const fetchConnection = (id: string) => request<ConnectionInfo>(at('/api/connections', id))

/** Resolves with how many were still there. */
export async function disconnect(ids: readonly string[]): Promise<number> {
  const answer = await request<{ disconnected: number }>('/api/connections/disconnect', { ids: [...ids] })
  return answer.disconnected
}

export async function changeSubscriptions(id: string, change: { subscribe?: string[]; unsubscribe?: string[] }) {
  const answer = await request<{ channels: string[] }>(at('/api/connections', id), { ...change }, 'PATCH')
  return answer.channels
}

/** What the event log holds of one connection, newest first. */
export async function fetchLife(connectionId: string): Promise<LogRecord[]> {
  const query = new URLSearchParams({ q: connectionId, limit: '200' })
  const { logs } = await request<{ logs: LogRecord[] }>(`/api/logs?${query.toString()}`)
  return logs
}

// ---- channels

export type ChannelRow = ChannelInfo & { kept?: KeptMessages }

export const fetchChannels: FetchPage<ChannelRow> = async (cursor) => {
  const answer = await request<{ channels: ChannelRow[]; nextCursor: string | null }>(
    `/api/channels?${pageQuery(cursor, { kept: '1' })}`,
  )
  return { rows: answer.channels, next: answer.nextCursor }
}

export const fetchChannel = (name: string) => request<ChannelDetail>(at('/api/channels', name))

export async function fetchMembers(channel: string): Promise<{ members: Member[]; total: number }> {
  return request(`${at('/api/channels', channel)}/presence?limit=200`)
}
