import type { Caller } from './caller.ts'
import { privileged } from './policy.ts'

/** What the hub shows of whoever holds a connection, and when it has to end. */
export interface ConnectionIdentity {
  userId: string | null
  name: string | null
  /** Epoch milliseconds; null for never. */
  expiresAt: number | null
  privileged: boolean
}

/** Returns a caller's identity as a connection bears it. */
export function identityOf(caller: Caller): ConnectionIdentity {
  const { userId, name, expiresAt } = nameOf(caller)
  return { userId, name, expiresAt, privileged: privileged(caller) }
}

function nameOf(caller: Caller): Omit<ConnectionIdentity, 'privileged'> {
  switch (caller.kind) {
    case 'anonymous':
      return { userId: null, name: null, expiresAt: null }
    case 'user':
      return { userId: caller.sub, name: caller.name, expiresAt: caller.expiresAt }
    case 'key':
      return { userId: null, name: caller.name, expiresAt: caller.expiresAt }
    case 'host':
      // Named after what they may do; the room's end ends it.
      return { userId: null, name: 'host', expiresAt: null }
    case 'admin':
      // A session in use is prolonged, so its end is not known now; it is looked at again and again.
      return { userId: caller.user.id, name: caller.user.name ?? caller.user.email, expiresAt: null }
  }
}
