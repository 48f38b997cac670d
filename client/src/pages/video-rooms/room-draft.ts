import { MAX_PARTICIPANTS, MIN_PARTICIPANTS, ROOM_ID } from '../../../../shared/room-limits.ts'
import type { NewRoom } from './rooms-api.ts'

/** What is typed into the form, unchecked. */
export interface RoomDraft {
  name: string
  size: string
  id: string
  passcode: string
}

export const FIRST_DRAFT: RoomDraft = { name: '', size: '8', id: '', passcode: '' }

/** What is wrong with a draft, by field; an empty name is only not there yet. */
export function faultsOf(draft: RoomDraft): { size?: true; id?: true } {
  const size = Number(draft.size)
  const isSize =
    draft.size.trim() !== '' && Number.isInteger(size) && size >= MIN_PARTICIPANTS && size <= MAX_PARTICIPANTS
  const id = draft.id.trim()
  return { ...(!isSize && { size: true }), ...(id !== '' && !ROOM_ID.test(id) && { id: true }) }
}

/** Makes the room to ask for of a draft without faults. */
export function toNewRoom(draft: RoomDraft): NewRoom {
  const id = draft.id.trim()
  return {
    name: draft.name.trim(),
    maxParticipants: Number(draft.size),
    ...(id !== '' && { roomId: id }),
    ...(draft.passcode !== '' && { passcode: draft.passcode }),
  }
}
