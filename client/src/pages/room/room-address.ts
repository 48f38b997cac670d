import { ROOM_ID } from '../../../../shared/room-limits.ts'
import { hubUrl } from '../../lib/base.ts'

const PREFIX = '/rooms/'

/** The room that a path names; null for any other page. */
export function roomIdOf(path: string): string | null {
  if (!path.startsWith(PREFIX)) return null
  const id = decoded(path.slice(PREFIX.length).replace(/\/+$/, ''))
  return id === '' ? null : id
}

/** Whether a path names the page of all rooms. */
export function isRoomsPath(path: string): boolean {
  return path === '/rooms' || path === PREFIX
}

export function roomPath(roomId: string): string {
  return PREFIX + encodeURIComponent(roomId)
}

/** A room's link, as it is sent on. */
export function roomAddress(roomId: string): string {
  return hubUrl() + roomPath(roomId)
}

/** The room that somebody means who types its id or pastes its link; null for what is neither. */
export function roomIdFrom(text: string): string | null {
  const typed = text.trim()
  const path = URL.canParse(typed) ? new URL(typed).pathname : typed
  const id = roomIdOf(path.slice(Math.max(0, path.indexOf(PREFIX)))) ?? typed
  return ROOM_ID.test(id) ? id : null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A lone % is no escape; the room of that name is not there, and the page says so.
    return text
  }
}
