import type { Change, Link } from './link.ts'
import type { News } from './news.ts'
import { RequestError } from './request.ts'

/** What is to be followed. */
export interface Wanted {
  /** Names or patterns; the server's default channel when empty. */
  channels: string[]
  /** Whether comings and goings on them are to be told. */
  presence: boolean
}

/** Keeps what the server follows for a connection the same as what is wanted. */
export interface Following {
  /** Returns what to ask for when a connection is opened. */
  begin(): Wanted
  greeted(standing: Standing): void
  update(): void
  /** The server took a channel away. */
  lose(channel: string, code: string): void
}

/** A connection that was greeted. */
export interface Standing {
  link: Link
  connectionId: string
  /** What it followed then. */
  channels: readonly string[]
  /** Called when its channels can only be changed by another one. */
  reopen: () => void
}

/** Statuses of a refusal; 0 is that of an answer over a WebSocket. */
const REFUSALS = [0, 400, 403]

/** Creates the keeper; changes of one turn of the event loop are made together, one after the other. */
export function createFollowing(wanted: () => Wanted, tell: (news: News) => void): Following {
  let standing: Standing | null = null
  let followed = new Set<string>()
  let presence = false
  /** Channels that the server refused, as long as they are wanted. */
  let refused: string[] = []
  let running = false

  function allowed(): Wanted {
    const { channels, presence } = wanted()
    refused = refused.filter((channel) => channels.includes(channel))
    return { channels: channels.filter((channel) => !refused.includes(channel)), presence }
  }

  function difference(): Change | null {
    const next = allowed()
    const turnsOn = next.presence && !presence
    const subscribe = next.channels.filter((channel) => turnsOn || !followed.has(channel))
    // Nothing wanted is the server's default, which it follows already, or will with the next connection.
    const unsubscribe = next.channels.length > 0 ? [...followed].filter((one) => !next.channels.includes(one)) : []
    return subscribe.length + unsubscribe.length > 0 ? { subscribe, unsubscribe, presence: next.presence } : null
  }

  async function run(): Promise<void> {
    if (running) return
    running = true
    // What else is listened to in this turn goes along.
    await Promise.resolve()
    for (let change = difference(); standing && change; change = difference()) {
      const at = standing
      try {
        await make(change, at)
        if (at === standing) presence = change.presence
      } catch {
        // Another server may hold the connection, or none any more: the next one asks for all of it from the start.
        if (at !== standing) continue
        standing = null
        at.reopen()
      }
    }
    running = false
  }

  async function make(change: Change, at: Standing): Promise<void> {
    const { subscribe, unsubscribe } = change
    try {
      await at.link.change(change, at.connectionId)
      if (at !== standing) return
      for (const channel of subscribe) followed.add(channel)
      for (const channel of unsubscribe) followed.delete(channel)
      note('following', subscribe)
      note('unfollowed', unsubscribe)
    } catch (error) {
      if (!(error instanceof RequestError && REFUSALS.includes(error.status)) || at !== standing) throw error
      const [channel] = subscribe
      if (subscribe.length === 1 && channel !== undefined) return refuse(channel, error.code)
      // One by one, to find out which of them is refused.
      for (const one of subscribe) await make({ ...change, subscribe: [one] }, at)
    }
  }

  function note(type: 'following' | 'unfollowed', channels: string[]) {
    if (channels.length > 0) tell({ kind: 'notice', notice: { type, channels } })
  }

  function refuse(channel: string, code: string) {
    refused.push(channel)
    tell({ kind: 'notice', notice: { type: 'refused', channel, code } })
  }

  function update() {
    void run()
  }

  return {
    begin() {
      standing = null
      const next = allowed()
      presence = next.presence
      return next
    },
    greeted(next) {
      standing = next
      followed = new Set(next.channels)
      note('following', [...followed])
      update()
    },
    update,
    lose(channel, code) {
      followed.delete(channel)
      refuse(channel, code)
    },
  }
}
