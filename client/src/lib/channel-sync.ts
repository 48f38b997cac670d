/** What is to be changed about an open connection's channels. */
export interface ChannelChange {
  subscribe: string[]
  unsubscribe: string[]
}

interface ChannelSyncParts {
  /** The channels that are wanted now. */
  wanted: () => readonly string[]
  /** Changes an open connection; rejects when that failed. */
  change: (connectionId: string, change: ChannelChange) => Promise<unknown>
  /** Hears of patterns that messages come in from now on, after a connect or a change. */
  onInForce?: (patterns: readonly string[]) => void
  /** How long to wait before a failed change is tried again, in milliseconds. */
  retryMs?: number
}

/** Keeps the channels of one connection after another in step with what is wanted. */
export interface ChannelSync {
  /** A connection stands that was opened with `channels`. */
  connected(connectionId: string, channels: readonly string[]): void
  disconnected(): void
  /** What is wanted has changed; several changes of one turn are sent as one. */
  touch(): void
  /** Whether messages of a pattern come in now. */
  isInForce(pattern: string): boolean
}

const RETRY_MS = 2000

export function createChannelSync(parts: ChannelSyncParts): ChannelSync {
  let connection: { id: string; channels: Set<string> } | null = null
  let busy = false
  /** What the change under way takes off. */
  let leaving: readonly string[] = []

  async function sync() {
    const current = connection
    if (busy || current === null) return
    const change = difference(current.channels, parts.wanted())
    if (change === null) return
    busy = true
    leaving = change.unsubscribe
    const done = await parts.change(current.id, change).then(
      () => true,
      () => false,
    )
    busy = false
    leaving = []
    // The next connection is opened with what is wanted, and counts anew.
    if (connection !== current) return touch()
    if (!done) return void setTimeout(touch, parts.retryMs ?? RETRY_MS)
    for (const pattern of change.subscribe) current.channels.add(pattern)
    for (const pattern of change.unsubscribe) current.channels.delete(pattern)
    if (change.subscribe.length > 0) parts.onInForce?.(change.subscribe)
    touch()
  }

  function touch() {
    queueMicrotask(() => void sync())
  }

  return {
    connected(id, channels) {
      connection = { id, channels: new Set(channels) }
      parts.onInForce?.(channels)
      touch()
    },
    disconnected: () => void (connection = null),
    touch,
    isInForce: (pattern) => connection !== null && connection.channels.has(pattern) && !leaving.includes(pattern),
  }
}

/** What leads from `present` to `wanted`; null when nothing does. */
function difference(present: ReadonlySet<string>, wanted: readonly string[]): ChannelChange | null {
  const subscribe = wanted.filter((pattern) => !present.has(pattern))
  const unsubscribe = [...present].filter((pattern) => !wanted.includes(pattern))
  return subscribe.length + unsubscribe.length === 0 ? null : { subscribe, unsubscribe }
}
