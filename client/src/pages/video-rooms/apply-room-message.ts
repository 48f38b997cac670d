import type { JsonObject } from '../../../../shared/protocol.ts'
import type { RoomDetail } from '../../../../shared/video.ts'

/** What the hub says on `admin/rooms`. */
type RoomMessage = { type: 'room_changed'; room: RoomDetail } | { type: 'room_closed'; roomId: string }

/** The rooms after a message of `admin/rooms`: changed in place, a new one first, a closed one gone. */
export function applyRoomMessage(rooms: readonly RoomDetail[], message: JsonObject): readonly RoomDetail[] {
  const told = message as unknown as RoomMessage
  if (told.type === 'room_closed') return rooms.filter(({ id }) => id !== told.roomId)
  if (told.type !== 'room_changed') return rooms
  const isKnown = rooms.some(({ id }) => id === told.room.id)
  return isKnown ? rooms.map((room) => (room.id === told.room.id ? told.room : room)) : [told.room, ...rooms]
}
