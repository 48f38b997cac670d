import type { RoomDetail } from '../../../../shared/video.ts'
import { readAll } from '../../lib/access-api.ts'
import { hubUrl } from '../../lib/base.ts'
import { request } from '../../lib/api.ts'

const ROOMS_PATH = '/api/video/rooms'
const at = (roomId: string) => `${ROOMS_PATH}/${encodeURIComponent(roomId)}`
const seat = (roomId: string, participantId: string) =>
  `${at(roomId)}/participants/${encodeURIComponent(participantId)}`

export interface NewRoom {
  name: string
  /** Left out: the server makes one up. */
  roomId?: string
  maxParticipants: number
  passcode?: string
}

/** One participant of one room. */
export interface Seat {
  roomId: string
  participantId: string
}

/** The open rooms, the newest first. */
export const fetchRooms = () => readAll<RoomDetail>(ROOMS_PATH, 'rooms')

/** Opens a room; an admin needs no host token to look after it. */
export async function openRoom(room: NewRoom): Promise<RoomDetail> {
  return (await request<{ room: RoomDetail }>(ROOMS_PATH, { ...room })).room
}

export const lockRoom = ({ roomId, locked }: { roomId: string; locked: boolean }) =>
  request<RoomDetail>(at(roomId), { locked }, 'PATCH')
export const endRoom = (roomId: string) => request<void>(at(roomId), undefined, 'DELETE')
export const muteParticipant = ({ roomId, participantId }: Seat) =>
  request<void>(`${seat(roomId, participantId)}/mute`, {})
export const removeParticipant = ({ roomId, participantId }: Seat) =>
  request<void>(`${seat(roomId, participantId)}/remove`, {})

/** The link that invites to a room. */
export const invitationTo = (roomId: string) => `${hubUrl()}/rooms/${encodeURIComponent(roomId)}`
