import { matches } from '../../../shared/channel.ts'
import type { Message } from '../../../shared/protocol.ts'

export type MessageListener = (message: Message) => void

/** Who on this page listens to which channels. */
export interface Followed {
  /** The patterns that somebody listens to, each once. */
  patterns(): string[]
  /** Adds a listener; returns how to take it out again. */
  add(pattern: string, listener: MessageListener): () => void
  /** Hands a message to every listener whose pattern covers its channel. */
  deliver(message: Message): void
}

/** The server's own channels are for those who ask for them by name: `**` means the traffic of users. */
const OWN = 'admin/'

/** Keeps the listeners; `onChange` hears when a pattern got its first listener or lost its last. */
export function createFollowed(onChange: () => void): Followed {
  const byPattern = new Map<string, Set<MessageListener>>()

  function remove(pattern: string, listener: MessageListener) {
    const listeners = byPattern.get(pattern)
    if (!listeners?.delete(listener) || listeners.size > 0) return
    byPattern.delete(pattern)
    onChange()
  }

  return {
    patterns: () => [...byPattern.keys()],
    add(pattern, given) {
      // A function of its own, so that the same listener may be added twice.
      const listener: MessageListener = (message) => given(message)
      const known = byPattern.get(pattern)
      if (known) known.add(listener)
      else {
        byPattern.set(pattern, new Set([listener]))
        onChange()
      }
      return () => remove(pattern, listener)
    },
    deliver(message) {
      for (const [pattern, listeners] of [...byPattern]) {
        if (covers(pattern, message.channel)) for (const listener of [...listeners]) listener(message)
      }
    },
  }
}

function covers(pattern: string, channel: string): boolean {
  return pattern.startsWith(OWN) === channel.startsWith(OWN) && matches(pattern, channel)
}
