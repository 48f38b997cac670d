import { YayinError } from '../../shared/errors.ts'
import type { LiveSettings } from '../../shared/settings.ts'
import { actorOf, type Caller, type UserCaller } from '../auth/caller.ts'
import { may } from '../auth/policy.ts'
import type { Connection } from '../hub/connection.ts'
import type { Hub } from '../hub/hub.ts'
import { assertMay, type RouteDeps } from './http.ts'

/** What is to be different about an open connection. */
export interface ConnectionChange {
  subscribe?: string[] | undefined
  unsubscribe?: string[] | undefined
  presence?: boolean | undefined
  /** A fresh token of the same user. */
  token?: string | undefined
}

/** How a connection is after a change. */
export interface ConnectionChanged {
  id: string
  channels: string[]
  /** What the fresh token does not allow any more. */
  dropped: string[]
  expiresAt: string | null
}

/**
 * Changes an open connection of this node, as `caller` may.
 * @throws YayinError `unauthorized`, `forbidden`, `forbidden_channel`, `invalid`, `invalid_token`
 */
export async function changeConnection(
  connection: Connection,
  caller: Caller,
  { subscribe = [], unsubscribe = [], presence, token }: ConnectionChange,
  deps: RouteDeps & { hub: Hub },
): Promise<ConnectionChanged> {
  const { hub, settings } = deps
  const fresh = token === undefined ? null : await readToken(token, deps)
  const owner = connection.principal as Caller
  // The token itself shows who hands it in.
  if (fresh === null) allowChange(caller, connection, deps)
  else checkSameUser(fresh, owner)
  for (const pattern of subscribe) {
    assertMay(fresh ?? owner, { kind: 'subscribe', pattern, connectionId: connection.id }, settings)
  }
  const dropped = fresh === null ? [] : notAllowed(fresh, connection, unsubscribe, settings)
  checkCount(connection, subscribe, [...unsubscribe, ...dropped], settings.values.max_channels_per_connection)
  if (fresh !== null) connection.renew({ principal: fresh, name: fresh.name, expiresAt: fresh.expiresAt })
  hub.following.change(connection, subscribe, [...unsubscribe, ...dropped], presence)
  if (subscribe.length > 0) hub.tellPosition(connection)
  const expiresAt = connection.expiresAt === null ? null : new Date(connection.expiresAt).toISOString()
  return { id: connection.id, channels: [...connection.channels], dropped, expiresAt }
}

/**
 * A connection is changed by its own identity, by whoever knows an anonymous one's secret id, and by admins. One that
 * can speak for itself has no secret id.
 */
function allowChange(caller: Caller, { principal, secretId }: Connection, { settings }: RouteDeps): void {
  const owner = principal as Caller
  if (owner.kind === 'anonymous' ? secretId : actorOf(caller) === actorOf(owner)) return
  const decision = may(caller, { kind: 'administer' }, settings.values)
  if (decision.allowed) return
  const code = caller.kind === 'anonymous' ? 'unauthorized' : 'forbidden'
  throw new YayinError(code, 'this connection is somebody else’s')
}

async function readToken(token: string, { authenticator }: RouteDeps): Promise<UserCaller> {
  const { caller } = await authenticator.authenticate({ queryToken: token })
  if (caller.kind === 'user') return caller
  throw new YayinError('forbidden', 'only a user’s token can be handed in to an open connection')
}

/** An open connection keeps its identity, and with it the channels that are its own. */
function checkSameUser(fresh: UserCaller, owner: Caller): void {
  const room = owner.kind === 'user' ? owner.room : null
  const sameRoom = fresh.room?.id === room?.id && fresh.room?.participantId === room?.participantId
  if (owner.kind === 'user' && owner.sub === fresh.sub && sameRoom) return
  throw new YayinError('forbidden', 'the token is not of the user who opened this connection')
}

function notAllowed(
  caller: UserCaller,
  connection: Connection,
  leaving: readonly string[],
  settings: LiveSettings,
): string[] {
  const allowed = (pattern: string) =>
    may(caller, { kind: 'subscribe', pattern, connectionId: connection.id }, settings.values).allowed
  return [...connection.channels].filter((pattern) => !leaving.includes(pattern) && !allowed(pattern))
}

/** Whoever has more channels than a limit that was lowered meanwhile keeps them, and gets no further ones. */
function checkCount(
  { channels }: Connection,
  joining: readonly string[],
  leaving: readonly string[],
  limit: number,
): void {
  const after = new Set([...channels].filter((pattern) => !leaving.includes(pattern)))
  for (const pattern of joining) after.add(pattern)
  if (after.size <= Math.max(limit, channels.size)) return
  throw new YayinError('invalid', `one connection follows at most ${limit} channels, not ${after.size}`)
}
