import type { LiveSettings } from '../../shared/settings.ts'
import type { Action } from '../auth/policy.ts'
import { may } from '../auth/policy.ts'
import type { Caller } from '../auth/caller.ts'
import { YayinError } from '../../shared/errors.ts'
import type { EventLog } from '../store/event-log.ts'
import type { ParticipantTable } from '../store/video-participants.ts'
import type { RoomTable, StoredRoom } from '../store/video-rooms.ts'
import type { Announcer } from './announcer.ts'
import type { RoomRegistry } from './registry.ts'
import type { RoomWatch } from './watch.ts'

/** What rooms and those in them work with. */
export interface VideoParts {
  rooms: RoomTable
  participants: ParticipantTable
  registry: RoomRegistry
  announcer: Announcer
  watch: RoomWatch
  settings: Pick<LiveSettings, 'values'>
  eventLog: EventLog
}

/** Who asks, and from which address. */
export interface Asker {
  caller: Caller
  ip: string
}

/** Finds an open room. @throws YayinError `not_found`, `room_ended` */
export async function findOpen(id: string, registry: RoomRegistry): Promise<StoredRoom> {
  const stored = registry.get(id) ?? (await registry.refresh(id))
  if (stored === null) throw new YayinError('not_found', `There is no room ${id.slice(0, 64)}.`)
  if (stored.room.endedAt !== null) throw ended(id)
  return stored
}

/** What whoever comes too late is told. */
export function ended(id: string): YayinError {
  return new YayinError('room_ended', `The room ${id} has ended.`)
}

/** Throws what the policy says against it. */
export function assertAllowed(caller: Caller, action: Action, { settings }: Pick<VideoParts, 'settings'>): void {
  const decision = may(caller, action, settings.values)
  if (!decision.allowed) throw new YayinError(decision.code, decision.detail)
}

/** Says that a limit of `perSecond`, with `burst` at once, was met, and when there is more. */
export function tooMany(name: string, what: string, perSecond: number, burst: number, waitSeconds: number): YayinError {
  const retryAfterSeconds = Math.ceil(waitSeconds)
  const quota = { name, limit: burst, windowSeconds: Math.ceil(burst / perSecond), remaining: 0 }
  return new YayinError('rate_limited', `${what}; try again in ${retryAfterSeconds} s.`, {
    retryAfterSeconds,
    quota: { ...quota, resetSeconds: retryAfterSeconds },
  })
}
