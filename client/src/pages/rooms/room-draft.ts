import { MAX_PARTICIPANTS, MIN_PARTICIPANTS, ROOM_ID } from '../../../../shared/room-limits.ts'

/** A room as it is typed. */
export interface RoomDraft {
  name: string
  /** Empty: the hub makes one up. */
  roomId: string
  maxParticipants: number
  /** Empty for none. */
  passcode: string
}

export const MAX_NAME = 100
export const NEW_ROOM: RoomDraft = { name: '', roomId: '', maxParticipants: 8, passcode: '' }

export type RoomFault = 'name_missing' | 'id_invalid' | 'size_invalid'

/** What is wrong with a draft, field by field. */
export function faultsOf({ name, roomId, maxParticipants }: RoomDraft): Partial<Record<keyof RoomDraft, RoomFault>> {
  const isSize = maxParticipants >= MIN_PARTICIPANTS && maxParticipants <= MAX_PARTICIPANTS
  return {
    ...(name.trim() === '' && { name: 'name_missing' }),
    ...(roomId.trim() !== '' && !ROOM_ID.test(roomId.trim()) && { roomId: 'id_invalid' }),
    ...(!(isSize && Number.isInteger(maxParticipants)) && { maxParticipants: 'size_invalid' }),
  }
}
