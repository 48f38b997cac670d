import type { Scope } from '../../shared/api.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import type { SettingValues } from '../../shared/settings.ts'
import type { Caller } from './caller.ts'
import { publishRule, subscribeRule } from './channel-rules.ts'
import { explainRefusal } from './refusal.ts'

/** Something that a caller wants to do. Channels and patterns are valid ones. */
export type Action =
  /** `connectionId`: the connection that would be subscribed, if it is already open. */
  | { kind: 'subscribe'; pattern: string; connectionId?: string }
  | { kind: 'read_history'; channel: string }
  | { kind: 'publish'; channel: string; type: string }
  /** Reading the admin API. */
  | { kind: 'view' }
  /** Changing things through the admin API. */
  | { kind: 'administer' }
  | { kind: 'make_token' }
  | { kind: 'create_room' }
  /** Listing the open rooms, be it one's own alone. */
  | { kind: 'list_rooms' }
  /** Reading all of a room but its secrets. */
  | { kind: 'view_room'; room: RoomRights }
  /** Changing and ending a room, removing and silencing its participants. */
  | { kind: 'manage_room'; room: RoomRights }
  /** Knowing who is in a room. */
  | { kind: 'meet_in_room'; room: RoomRights }

/** What the rights in a video room depend on. */
export interface RoomRights {
  id: string
  /** `sub` of the user who is host. */
  hostId: string | null
  /** The participant who is host. */
  hostParticipantId: string | null
}

/** The settings that the rules depend on. */
export type PolicyContext = Pick<SettingValues, 'anonymous_access' | 'public_channels' | 'guest_rooms'>

export type Decision =
  /** `rule` names what allowed it. */
  | { allowed: true; rule: string }
  /** `code` is `unauthorized` for anonymous callers, else `forbidden` or `forbidden_channel`. */
  | { allowed: false; code: ErrorCode; detail: string }

/** Decides whether `caller` may do `action`; the only place that does. */
export function may(caller: Caller, action: Action, context: PolicyContext): Decision {
  const rule = ruleFor(caller, action, context)
  return rule === null ? explainRefusal(caller, action) : { allowed: true, rule }
}

/** Tells whether wildcard subscriptions of `caller` also match channels in reserved namespaces. */
export function privileged(caller: Caller): boolean {
  return caller.kind === 'admin' || hasScope(caller, 'admin')
}

/** Returns the name of the rule that allows it; null when none does. */
function ruleFor(caller: Caller, action: Action, context: PolicyContext): string | null {
  switch (action.kind) {
    case 'subscribe':
      return subscribeRule(caller, action.pattern, action.connectionId, context)
    case 'read_history':
      return subscribeRule(caller, action.channel, undefined, context)
    case 'publish':
      return publishRule(caller, action.channel, action.type)
    case 'view':
      return caller.kind === 'admin' ? caller.user.role : keyRule(caller, 'admin')
    case 'administer':
      return adminRule(caller) ?? keyRule(caller, 'admin')
    case 'make_token':
      return adminRule(caller) ?? keyRule(caller, 'tokens')
    case 'create_room':
      return createRoomRule(caller, context)
    case 'list_rooms':
      if (caller.kind === 'admin') return caller.user.role
      if (caller.kind === 'user' && caller.room === null) return 'user'
      return keyRule(caller, 'admin') ?? keyRule(caller, 'rooms')
    case 'manage_room':
      return manageRoomRule(caller, action.room)
    case 'view_room':
      return manageRoomRule(caller, action.room) ?? (caller.kind === 'admin' ? caller.user.role : null)
    case 'meet_in_room': {
      const isIn = caller.kind === 'user' && caller.room?.id === action.room.id
      if (isIn) return 'participant'
      return manageRoomRule(caller, action.room) ?? (caller.kind === 'admin' ? caller.user.role : null)
    }
  }
}

function manageRoomRule(caller: Caller, { id, hostId, hostParticipantId }: RoomRights): string | null {
  if (caller.kind === 'host') return caller.roomId === id ? 'host' : null
  if (caller.kind !== 'user') return adminRule(caller) ?? keyRule(caller, 'admin')
  const { room, sub } = caller
  const isHost = room === null ? hostId !== null && sub === hostId : room.id === id && isSeat(room, hostParticipantId)
  return isHost ? 'host' : null
}

function isSeat({ participantId }: { participantId: string }, hostParticipantId: string | null): boolean {
  return participantId === hostParticipantId
}

function createRoomRule(caller: Caller, context: PolicyContext): string | null {
  if (context.guest_rooms) return 'guest_rooms'
  // A participant's token is good for its one room alone.
  if (caller.kind === 'user') return caller.room === null ? 'user' : null
  return adminRule(caller) ?? keyRule(caller, 'rooms')
}

function adminRule(caller: Caller): string | null {
  return caller.kind === 'admin' && caller.user.role === 'admin' ? 'admin' : null
}

function keyRule(caller: Caller, scope: Scope): string | null {
  return hasScope(caller, scope) ? `key:${scope}` : null
}

function hasScope(caller: Caller, scope: Scope): boolean {
  return caller.kind === 'key' && caller.scopes.includes(scope)
}
