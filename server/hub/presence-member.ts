import { createHash } from 'node:crypto'
import { wrongCursor } from '../../shared/errors.ts'
import type { Member } from '../../shared/protocol.ts'
import { isoTime } from './clock.ts'
import type { MemberConnections } from './presence.ts'

/** Most connections of one member that are listed. */
const MAX_LISTED = 100

/** Whoever follows a channel, on this node or another. */
export interface Present {
  readonly id: string
  readonly principal: { readonly kind: string }
  readonly userId: string | null
  readonly name: string | null
  /** Whether its id is not shown to others. */
  readonly secretId: boolean
  /** Epoch milliseconds. */
  readonly connectedAt: number
  /** When it followed a channel that it did not have from the start, in epoch milliseconds. */
  readonly joinedAtMs: ReadonlyMap<string, number>
}

/** Tells whom a connection belongs to: a user's connections share a key, any other has its own. */
export function memberKey({ principal, userId, id }: Present): string {
  return userId === null ? `connection ${id}` : `${principal.kind} ${userId}`
}

/** Returns since when a connection has been in a channel, in epoch milliseconds. */
export function joinedAtMs(connection: Present, channel: string): number {
  return connection.joinedAtMs.get(channel) ?? connection.connectedAt
}

/** Tells whether the reader of a list may see of a connection what is kept from others. */
export type Reveals = (connection: Present) => boolean

/**
 * Describes a member. Unless `reveals` says so, an id that is a secret is replaced by one that stays the same, and
 * keys and the dashboard's users have no name: theirs are for admins, and may be an e-mail address.
 */
export function describeMember(connections: MemberConnections, joinedAt: number, reveals: Reveals): Member {
  const [first] = connections
  const ids = connections.slice(0, MAX_LISTED).map((connection) => shownId(connection, reveals))
  return {
    connectionId: ids[0]!,
    ...(first.userId !== null && { userId: first.userId }),
    ...(first.name !== null && (isPerson(first) || reveals(first)) && { name: first.name }),
    joinedAt: isoTime(joinedAt),
    connections: ids,
  }
}

interface Page {
  limit: number
  /** The `nextCursor` of the page before. */
  cursor?: string | undefined
}

const CONNECTION_ID = /^[\w-]{1,64}$/

/**
 * Describes one page of a channel's members. Where the cursor's member has gone meanwhile, the list ends. Throws `invalid`
 * for what can't be a cursor.
 */
export function memberPage(
  channel: string,
  members: readonly MemberConnections[],
  { limit, cursor }: Page,
  reveals: Reveals,
): { members: Member[]; nextCursor: string | null } {
  if (cursor !== undefined && !CONNECTION_ID.test(cursor)) throw wrongCursor(cursor)
  const isCursor = ([first]: MemberConnections) => shownId(first, reveals) === cursor
  const at = cursor === undefined ? -1 : members.findIndex(isCursor)
  const start = cursor !== undefined && at < 0 ? members.length : at + 1
  const page = members
    .slice(start, start + limit)
    .map((connections) => describeMember(connections, joinedAtMs(connections[0], channel), reveals))
  return { members: page, nextCursor: start + limit < members.length ? page.at(-1)!.connectionId : null }
}

function isPerson({ principal: { kind } }: Present): boolean {
  return kind !== 'key' && kind !== 'admin'
}

function shownId(connection: Present, reveals: Reveals): string {
  if (!connection.secretId || reveals(connection)) return connection.id
  return createHash('sha256').update(`member ${connection.id}`).digest('base64url').slice(0, 21)
}
