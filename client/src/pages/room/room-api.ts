import type { z } from 'zod'
import type { getRoomLobby } from '../../../../shared/video.ts'
import { request } from '../../lib/api.ts'
import { RequestError } from '../../lib/problem.ts'
import type { EndKind } from './ends/end-kind.ts'

/** What a room tells before one joins it. */
export type RoomGlimpse = z.infer<typeof getRoomLobby.response>

export function fetchGlimpse(roomId: string): Promise<RoomGlimpse> {
  return request(`/api/video/rooms/${encodeURIComponent(roomId)}/lobby`)
}

/** The page that says why a room cannot be looked into; null when a later try may do. */
export function endOfGlimpse(error: unknown): EndKind | null {
  const status = error instanceof RequestError ? error.problem?.status : undefined
  if (status === 404 || status === 400) return 'not_found'
  return status === 410 ? 'closed' : null
}
