import { matches } from '../../shared/channel.ts'
import { wrongCursor } from '../../shared/errors.ts'
import type { ConnectionElsewhere } from './elsewhere.ts'

/** What the list of connections is narrowed to; parts left out match everything. */
export interface ConnectionFilters {
  transport?: string | undefined
  channel?: string | undefined
  user?: string | undefined
  q?: string | undefined
}

/** A connection of this node or another, as far as finding it needs. */
export type Listed = Omit<ConnectionElsewhere, 'info'>

export function passes(connection: Listed, { transport, channel, user, q }: ConnectionFilters): boolean {
  if (transport !== undefined && connection.transport !== transport) return false
  if (user !== undefined && connection.userId !== user) return false
  if (channel !== undefined && !follows(connection, channel)) return false
  return q === undefined || searchable(connection).includes(q.toLowerCase())
}

function follows(connection: Listed, channel: string): boolean {
  if (connection.channels.has(channel) || connection.ownChannels.includes(channel)) return true
  return [...connection.channels].some((pattern) => matches(pattern, channel))
}

function searchable({ id, userId, name, ip, userAgent, channels }: Listed): string {
  return [id, userId, name, ip, userAgent, ...channels].join('\n').toLowerCase()
}

/** A place in the order of connections. */
export type Age = Pick<Listed, 'connectedAt' | 'id'>

/** Names a connection's place in the order of {@link byAge}; never changes while it is open. */
export function sortKey({ connectedAt, id }: Age): string {
  return `${connectedAt.toString(36).padStart(9, '0')}.${id}`
}

/** Reads a place in that order; throws `invalid` for what is none. */
export function readCursor(text: string): Age {
  const [, connectedAt, id] = /^([0-9a-z]{9})\.([\w-]{1,100})$/.exec(text) ?? []
  if (connectedAt === undefined || id === undefined) throw wrongCursor(text)
  return { connectedAt: Number.parseInt(connectedAt, 36), id }
}

/** Orders connections by age, the oldest first. */
export function byAge(a: Age, b: Age): number {
  return a.connectedAt - b.connectedAt || (a.id < b.id ? -1 : Number(a.id > b.id))
}
