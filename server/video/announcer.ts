import type { Logger } from 'pino'
import type { RoomFrame } from '../../shared/video.ts'
import type { Hub } from '../hub/hub.ts'
import { readDraft } from '../hub/message.ts'
import type { StoredRoom } from '../store/video-rooms.ts'
import { describeDetail } from './describe.ts'

interface AnnouncerParts {
  hub: () => Hub
  log: Logger
}

/** Tells of what happens in rooms. */
export interface Announcer {
  /** Tells a room, through the log: on every node, in order, and again to whoever resumes. Never rejects. */
  toRoom(frame: RoomFrame): Promise<void>
  /** Tells the dashboards of this node how a room stands now; null when it is open no more. */
  toAdmins(roomId: string, now: StoredRoom | null): void
}

export function createAnnouncer({ hub, log }: AnnouncerParts): Announcer {
  return {
    async toRoom(frame) {
      const draft = readDraft({ ...frame }, `room/${frame.roomId}`)
      try {
        await hub().publisher.publish([draft], { from: null })
      } catch (err) {
        // What happened is in the database; whoever asks for the participants again learns of it.
        log.warn({ err, roomId: frame.roomId, type: frame.type }, 'A room could not be told what happened in it')
      }
    },
    toAdmins(roomId, now) {
      const message =
        now === null ? { type: 'room_closed', roomId } : { type: 'room_changed', room: describeDetail(now) }
      hub().publisher.announce('admin/rooms', message)
    },
  }
}
