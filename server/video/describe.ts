import type { Participant, Room, RoomDetail } from '../../shared/video.ts'
import type { ParticipantRow, RoomRow, StoredRoom } from '../store/video-rooms.ts'

/** Shows a participant as the others in the room see them. */
export function describeParticipant(row: ParticipantRow, { hostParticipantId }: RoomRow): Participant {
  const { id, displayName, microphone, camera, screen, hand, joinedAt } = row
  const isHost = id === hostParticipantId
  return { id, displayName, isHost, microphone, camera, screen, hand, joinedAt: joinedAt.toISOString() }
}

/** Shows a room as its participants see it. */
export function describeRoom(row: RoomRow): Room {
  const { id, name, maxParticipants, locked, passcodeHash, hostParticipantId, createdAt } = row
  const hasPasscode = passcodeHash !== null
  return { id, name, maxParticipants, locked, hasPasscode, hostParticipantId, createdAt: createdAt.toISOString() }
}

/** Shows a room with all that its host and admins may know. */
export function describeDetail({ room, participants }: StoredRoom): RoomDetail {
  const shown = participants.map((row) => ({ ...describeParticipant(row, room), userId: row.userId }))
  return { ...describeRoom(room), hostId: room.hostId, participants: shown }
}
