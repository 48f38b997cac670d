import type { z } from 'zod'
import type { createRoom, RoomDetail } from '../../../../shared/video.ts'
import { request } from '../../lib/api.ts'
import type { RoomDraft } from './room-draft.ts'

export type OpenedRoom = z.infer<typeof createRoom.response>

const PATH = '/api/video/rooms'
const SHOWN_ROOMS = 200

/** The open rooms that the reader may see, the newest first. */
export async function fetchRooms(): Promise<RoomDetail[]> {
  const { rooms } = await request<{ rooms: RoomDetail[] }>(`${PATH}?limit=${SHOWN_ROOMS}`)
  return rooms
}

export function openRoom({ name, roomId, maxParticipants, passcode }: RoomDraft): Promise<OpenedRoom> {
  return request(PATH, {
    name: name.trim(),
    maxParticipants,
    ...(roomId.trim() !== '' && { roomId: roomId.trim() }),
    ...(passcode !== '' && { passcode }),
  })
}
