import { covers, isChannel, namespaceOf } from '../../shared/channel.ts'
import type { SettingValues } from '../../shared/settings.ts'
import type { Caller, KeyCaller, UserCaller } from './caller.ts'

type PublicChannels = Pick<SettingValues, 'anonymous_access' | 'public_channels'>

/** Returns the channels that every connection of `caller` joins by itself, beside `connection/<id>`. */
export function ownChannels(caller: Caller): string[] {
  if (caller.kind === 'host') return [`room/${caller.roomId}`]
  if (caller.kind !== 'user') return []
  const { room, sub } = caller
  const names = room === null ? [`user/${sub}`] : [`room/${room.id}`, `participant/${room.participantId}`]
  // A sub may be any text; one such as ** must not become a pattern.
  return names.filter(isChannel)
}

/** Tells whether a caller comes for one video room: then the channels of its own are all that a connection needs. */
export function isForOneRoom(caller: Caller): boolean {
  return caller.kind === 'host' || (caller.kind === 'user' && caller.room !== null)
}

/**
 * Tells whether one grant covers `request`. Reserved namespaces are reached only by a grant that names
 * them in its first segment, never by `*` or `**`.
 */
export function grants(patterns: readonly string[], request: string): boolean {
  const namespace = namespaceOf(request)
  return patterns.some((grant) => covers(grant, request) && namespaceOf(grant) === namespace)
}

/** Names the rule by which `caller` may subscribe to `pattern`; null when none allows it. */
export function subscribeRule(
  caller: Caller,
  pattern: string,
  connectionId: string | undefined,
  context: PublicChannels,
): string | null {
  if (ownChannels(caller).includes(pattern)) return 'own_channel'
  if (connectionId !== undefined && pattern === `connection/${connectionId}`) return 'own_connection'
  if (isPublic(pattern, context)) return 'public'
  // Signals between two participants are nobody else's, not even an admin's.
  if (namespaceOf(pattern) === 'participant') return null
  switch (caller.kind) {
    case 'anonymous':
    case 'host':
      return null
    case 'admin':
      return caller.user.role
    case 'user':
      if (isNamedHost(caller, pattern)) return 'host'
      return userMaySubscribe(caller, pattern) ? 'claim' : null
    case 'key':
      return keyMaySubscribe(caller, pattern) ? 'key' : null
  }
}

/** Names the rule by which `caller` may publish a message of `type` to `channel`; null when none allows it. */
export function publishRule(caller: Caller, channel: string, type: string): string | null {
  const namespace = namespaceOf(channel)
  if (namespace === 'admin' || namespace === 'participant') return null
  if (namespace === 'room') return mayTalkInRoom(caller, channel, type) ? 'participant' : null
  switch (caller.kind) {
    case 'anonymous':
    case 'host':
      return null
    case 'admin':
      return caller.user.role === 'admin' ? 'admin' : null
    case 'user':
      return grants(caller.publish, channel) ? 'claim' : null
    case 'key':
      return caller.scopes.includes('publish') && withinLimit(caller, channel) ? 'key' : null
  }
}

function isPublic(pattern: string, context: PublicChannels): boolean {
  if (!context.anonymous_access || namespaceOf(pattern) !== null) return false
  return context.public_channels.some((grant) => covers(grant, pattern))
}

function userMaySubscribe(caller: UserCaller, pattern: string): boolean {
  // Of the reserved namespaces, claims open `user` alone.
  const namespace = namespaceOf(pattern)
  if (namespace !== null && namespace !== 'user') return false
  return grants(caller.subscribe, pattern)
}

function keyMaySubscribe(key: KeyCaller, pattern: string): boolean {
  if (!withinLimit(key, pattern)) return false
  switch (namespaceOf(pattern)) {
    case 'room':
      return false
    case 'admin':
    case 'connection':
      return key.scopes.includes('admin')
    default:
      return key.scopes.includes('subscribe')
  }
}

/** Tells whether `request` lies within the patterns that a key is limited to. */
export function withinLimit(key: KeyCaller, request: string): boolean {
  if (key.channels === null) return true
  if (key.scopes.includes('admin')) return key.channels.some((grant) => covers(grant, request))
  return grants(key.channels, request)
}

function isNamedHost(caller: UserCaller, pattern: string): boolean {
  const [namespace, roomId, ...rest] = pattern.split('/')
  if (namespace !== 'room' || roomId === undefined || rest.length > 0) return false
  return caller.isNamedHostOf?.(roomId) ?? false
}

function mayTalkInRoom(caller: Caller, channel: string, type: string): boolean {
  if (caller.kind !== 'user' || caller.room === null || channel !== `room/${caller.room.id}`) return false
  return type === 'chat' || type.startsWith('app.')
}
