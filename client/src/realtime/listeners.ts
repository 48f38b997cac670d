import type { Wanted } from './following.ts'
import { matcher } from './match.ts'
import { createTopic, type ListenOptions } from './topic.ts'

/** Something that is told on a channel: a message of a type, or, of no type, somebody's coming or going. */
interface Word {
  channel: string
  type: string | null
  value: unknown
}

/** Who listens to what, by channel or pattern. */
export interface Listeners {
  /** What has to be followed for all of them to hear. */
  wanted(): Wanted
  /** Listens to messages of one type, of any when it is `*`, or to comings and goings when it is null. */
  add(pattern: string, type: string | null, hear: (value: never) => void, options?: ListenOptions): () => void
  tell(word: Word): void
}

/** Creates the register; `always` is followed from the start, and `onChange` hears when something else is wanted. */
export function createListeners(always: () => readonly string[], onChange: () => void): Listeners {
  const words = createTopic<Word, { pattern: string; type: string | null }>(onChange)

  return {
    wanted() {
      const tags = words.tags()
      return {
        channels: [...new Set([...always(), ...tags.map(({ pattern }) => pattern)])],
        presence: tags.some(({ type }) => type === null),
      }
    },
    add(pattern, type, hear, options) {
      const isMatch = matcher(pattern)
      const listen = (word: Word) => {
        const fits = word.type === type || (word.type !== null && type === '*')
        if (fits && isMatch(word.channel)) hear(word.value as never)
      }
      return words.add(listen, options, { pattern, type })
    },
    tell: words.tell,
  }
}
