import type { Member, PresenceChange } from '../realtime/index.ts'
import type { ClientSource } from './source.ts'
import { createStore, type Store } from './store.ts'

/** Who is known to be in a channel. */
export interface PresenceSnapshot {
  /** As they came. */
  members: readonly Member[]
  /** Whether the list is still being read for the first time. */
  loading: boolean
  /** Why the list could not be read; null when it could. */
  error: Error | null
}

/** Knows who is in a channel while somebody listens: the list, read anew with each connection, and every change of it. */
export function createPresenceStore(source: Pick<ClientSource, 'get'>, name: string): Store<PresenceSnapshot> {
  const first: PresenceSnapshot = { members: [], loading: true, error: null }

  return createStore(first, ({ get, set, signal }) => {
    const client = source.get()
    const channel = client.channel(name)
    /** Changes that came while the list was on its way; it may show them or not. */
    let meanwhile: PresenceChange[] | null = null

    async function load(): Promise<void> {
      const changes: PresenceChange[] = []
      meanwhile = changes
      try {
        const members = await channel.presence({ signal })
        if (meanwhile === changes) set({ members: changes.reduce(applyChange, members), loading: false, error: null })
      } catch (error) {
        if (!signal.aborted && meanwhile === changes) set({ loading: false, error: error as Error })
      } finally {
        if (meanwhile === changes) meanwhile = null
      }
    }

    channel.onPresence(
      (change) => {
        meanwhile?.push(change)
        set({ members: applyChange(get().members, change) })
      },
      { signal },
    )
    client.onState(({ status }) => void (status === 'live' && load()), { signal })
    if (client.state.status === 'live') void load()
  })
}

/** Adds or removes a member: a user with all their connections, or one connection of nobody in particular. */
export function applyChange(members: readonly Member[], { type, member }: PresenceChange): Member[] {
  const key = keyOf(member)
  const others = members.filter((other) => keyOf(other) !== key)
  return type === 'join' ? [...others, member] : others
}

function keyOf({ userId, connectionId }: Member): string {
  return userId === undefined ? `connection ${connectionId}` : `user ${userId}`
}
