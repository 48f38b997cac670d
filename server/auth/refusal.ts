import { namespaceOf } from '../../shared/channel.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import type { Caller, KeyCaller } from './caller.ts'
import { withinLimit } from './channel-rules.ts'
import type { Action } from './policy.ts'

/** Says why `caller` may not do `action`: the channel and the missing right, nothing about anybody else. */
export function explainRefusal(caller: Caller, action: Action): { allowed: false; code: ErrorCode; detail: string } {
  const wish = describe(action)
  if (caller.kind === 'anonymous') {
    return { allowed: false, code: 'unauthorized', detail: `Sign in or send a token to ${wish}.` }
  }
  const detail = `${describeCaller(caller)} may not ${wish}: ${missingRight(caller, action)}.`
  return { allowed: false, code: channelOf(action) === null ? 'forbidden' : 'forbidden_channel', detail }
}

function channelOf(action: Action): string | null {
  if (action.kind === 'subscribe') return action.pattern
  return action.kind === 'publish' || action.kind === 'read_history' ? action.channel : null
}

function describe(action: Action): string {
  switch (action.kind) {
    case 'subscribe':
      return `subscribe to ${action.pattern}`
    case 'read_history':
      return `read the history of ${action.channel}`
    case 'publish':
      return `publish to ${action.channel}`
    case 'view':
      return 'read the admin API'
    case 'administer':
      return 'administer this server'
    case 'make_token':
      return 'make tokens'
    case 'create_room':
      return 'create a room'
    case 'list_rooms':
      return 'list the rooms'
    case 'view_room':
    case 'meet_in_room':
      return `look into the room ${action.room.id}`
    case 'manage_room':
      return `manage the room ${action.room.id}`
  }
}

function describeCaller(caller: Exclude<Caller, { kind: 'anonymous' }>): string {
  if (caller.kind === 'user') return 'This token'
  if (caller.kind === 'host') return 'This host token'
  return caller.kind === 'key' ? 'This API key' : `This ${caller.user.role}`
}

function missingRight(caller: Exclude<Caller, { kind: 'anonymous' }>, action: Action): string {
  const channel = channelOf(action)
  const closed = channel === null ? null : closedNamespace(channel, action.kind === 'publish')
  if (closed !== null) return closed
  if ('room' in action) return missingInRoom(action.kind)
  if (caller.kind === 'key') return missingOfKey(caller, action, channel)
  if (caller.kind === 'admin') return 'that takes the role admin'
  if (caller.kind === 'host') return 'it is for managing its own room alone'
  if (channel === null) return 'that takes an admin, or an API key with the right scope'
  return `no pattern of its ${action.kind === 'publish' ? 'publish' : 'subscribe'} claim covers it`
}

function missingInRoom(kind: Action['kind']): string {
  return kind === 'meet_in_room' ? 'only its participants, its host and admins may' : 'only its host and admins may'
}

/** Says who alone may use a namespace that no claim or scope opens; null for the others. */
function closedNamespace(channel: string, publishing: boolean): string | null {
  switch (namespaceOf(channel)) {
    case 'admin':
      return publishing ? 'only the server does' : 'that takes an admin, or an API key with the scope admin'
    case 'participant':
      return publishing ? 'only the server does' : 'only that participant may'
    case 'room':
      return publishing
        ? 'only the participants of that room may, with type chat or a type that begins with app.'
        : 'only the participants of that room and admins may'
    case 'connection':
      return publishing ? null : 'only that connection and admins may'
    default:
      return null
  }
}

function missingOfKey(key: KeyCaller, action: Action, channel: string | null): string {
  if (channel !== null && !withinLimit(key, channel)) return 'it lies outside the channels that the key is limited to'
  return `it lacks the scope ${scopeFor(action)}`
}

function scopeFor(action: Action): string {
  switch (action.kind) {
    case 'publish':
      return 'publish'
    case 'subscribe':
    case 'read_history':
      return 'subscribe'
    case 'make_token':
      return 'tokens'
    case 'create_room':
    case 'list_rooms':
      return 'rooms'
    case 'view':
    case 'view_room':
    case 'meet_in_room':
    case 'manage_room':
    case 'administer':
      return 'admin'
  }
}
