import type { Message } from '../../../shared/protocol.ts'
import type { Wanted } from './following.ts'
import { matches } from './match.ts'
import type { PresenceChange } from './messages.ts'
import { createTopic, type ListenOptions, type Topic } from './topic.ts'

/** Who listens to what, by channel or pattern. */
export interface Listeners {
  /** What has to be followed for all of them to hear. */
  wanted(): Wanted
  /** Listens to messages of one type, or of any when it is `*`. */
  onMessage(pattern: string, type: string, hear: (message: Message) => void, options?: ListenOptions): () => void
  onPresence(pattern: string, hear: (change: PresenceChange) => void, options?: ListenOptions): () => void
  tellMessage(message: Message): void
  tellPresence(change: PresenceChange): void
}

interface Pattern {
  messages: Topic<Message>
  presence: Topic<PresenceChange>
}

/** Creates the register; `always` is followed from the start, and `onChange` hears when something else is wanted. */
export function createListeners(always: () => readonly string[], onChange: () => void): Listeners {
  const patterns = new Map<string, Pattern>()

  function at(name: string): Pattern {
    const known = patterns.get(name)
    if (known) return known
    const changed = () => {
      if (entry.messages.size + entry.presence.size === 0) patterns.delete(name)
      else patterns.set(name, entry)
      onChange()
    }
    const entry: Pattern = { messages: createTopic(changed), presence: createTopic(changed) }
    return entry
  }

  function matching(channel: string): Pattern[] {
    return [...patterns].flatMap(([pattern, entry]) => (matches(pattern, channel) ? [entry] : []))
  }

  return {
    wanted: () => ({
      channels: [...new Set([...always(), ...patterns.keys()])],
      presence: [...patterns.values()].some(({ presence }) => presence.size > 0),
    }),
    onMessage: (pattern, type, hear, options) =>
      at(pattern).messages.add((message) => {
        if (type === '*' || type === message.type) hear(message)
      }, options),
    onPresence: (pattern, hear, options) => at(pattern).presence.add(hear, options),
    tellMessage(message) {
      // The server's own word to one participant may come without a channel.
      for (const { messages } of matching(message.channel ?? '')) messages.tell(message)
    },
    tellPresence(change) {
      for (const { presence } of matching(change.channel)) presence.tell(change)
    },
  }
}
