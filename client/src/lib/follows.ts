import type { Message } from '../../../shared/protocol.ts'
import type { Client } from '../realtime/index.ts'

export type MessageListener = (message: Message) => void

/** What the pages of the dashboard follow, over one client after another. */
export interface Follows {
  /**
   * Follows a channel or pattern; returns how to stop. `**` brings users' traffic without the server's own `admin/`
   * channels. `onFollowing` hears each time that messages come in from now on.
   */
  add: (pattern: string, listener: MessageListener, onFollowing?: () => void) => () => void
  /** Listens by a client from now on; returns how to end that. */
  attach: (client: Client) => () => void
}

interface Follow {
  pattern: string
  listener: MessageListener
  onFollowing: () => void
  off: (() => void) | null
}

/** The server's own channels are for those who ask for them by name: `**` means the traffic of users. */
const OWN = 'admin/'

export function createFollows(): Follows {
  const follows = new Set<Follow>()
  /** Patterns that messages come in of. */
  const inForce = new Set<string>()
  let client: Client | null = null

  function listen(follow: Follow) {
    const { pattern, listener } = follow
    const isOwn = pattern.startsWith(OWN)
    const hear = (message: Message) => {
      if (message.channel.startsWith(OWN) === isOwn) listener(message)
    }
    follow.off = client?.channel(pattern).on('*', hear) ?? null
  }

  function begin(patterns: readonly string[]) {
    for (const pattern of patterns) inForce.add(pattern)
    for (const { pattern, onFollowing } of [...follows]) if (patterns.includes(pattern)) onFollowing()
  }

  return {
    add(pattern, listener, onFollowing = () => {}) {
      const follow: Follow = { pattern, listener, onFollowing, off: null }
      follows.add(follow)
      listen(follow)
      if (inForce.has(pattern)) queueMicrotask(() => follows.has(follow) && onFollowing())
      return () => {
        follows.delete(follow)
        follow.off?.()
      }
    },
    attach(next) {
      client = next
      const ending = new AbortController()
      const { signal } = ending
      next.onState(({ status }) => status !== 'live' && inForce.clear(), { signal })
      next.onNotice(
        (notice) => {
          if (notice.type === 'following') begin(notice.channels)
          else if (notice.type === 'unfollowed') for (const pattern of notice.channels) inForce.delete(pattern)
        },
        { signal },
      )
      for (const follow of follows) listen(follow)
      return () => {
        ending.abort()
        inForce.clear()
        client = null
        for (const follow of follows) follow.off?.()
      }
    },
  }
}
