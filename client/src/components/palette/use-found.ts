import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ConnectionInfo, UserAccount } from '../../../../shared/api.ts'
import type { RoomDetail } from '../../../../shared/video.ts'
import { useUsers } from '../../lib/access-queries.ts'
import { request } from '../../lib/api.ts'
import { useSettled } from '../../lib/use-settled.ts'
import type { Command } from './read-command.ts'

/** How long nothing is typed before the server is asked. */
const SETTLE_MS = 180
/** Shown of each kind: whoever sees more types more. */
const LIMIT = 6

export interface FoundChannel {
  name: string
  subscribers: number
}

/** What the server knows by a text; empty lists while nothing is typed. */
export interface Found {
  channels: FoundChannel[]
  connections: ConnectionInfo[]
  users: UserAccount[]
  rooms: RoomDetail[]
}

/** How the server's part of a search stands. */
export type SearchState = 'idle' | 'busy' | 'failed'

const NONE = { channels: [], connections: [], rooms: [] }

/** Asks the server for what matches, once typing pauses; what was found before stays until then. */
export function useFound({ kind, text: wanted }: Command): { found: Found; state: SearchState } {
  const q = useSettled(wanted, SETTLE_MS)
  // Whom to disconnect is shown before anything is typed.
  const isAsked = kind === 'disconnect' || wanted !== ''
  const search = useQuery({
    queryKey: ['palette', q],
    queryFn: () => searchServer(q),
    enabled: isAsked && (kind === 'disconnect' || q !== ''),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  })
  const users = useUsers()
  const found = isAsked ? (search.data ?? NONE) : NONE
  return { found: { ...found, users: isAsked ? (users.data ?? []) : [] }, state: stateOf() }

  function stateOf(): SearchState {
    if (!isAsked) return 'idle'
    if (search.isError) return 'failed'
    return q !== wanted || search.isFetching ? 'busy' : 'idle'
  }
}

async function searchServer(q: string): Promise<Omit<Found, 'users'>> {
  const query = new URLSearchParams({ ...(q !== '' && { q }), limit: String(LIMIT) })
  const [channels, connections, rooms] = await Promise.all([
    request<{ channels: FoundChannel[] }>(`/api/channels?${query}`),
    request<{ connections: ConnectionInfo[] }>(`/api/connections?${query}`),
    request<{ rooms: RoomDetail[] }>(`/api/video/rooms?${query}`),
  ])
  return { channels: channels.channels, connections: connections.connections, rooms: rooms.rooms }
}
