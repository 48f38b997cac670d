import type { Logger } from 'pino'
import type { Bus, Note } from './bus.ts'
import type { RedisClient } from './redis-connect.ts'

/** Notes that may wait while Redis is away; older ones are dropped. */
const MAX_WAITING = 10_000
/** Notes sent with one command. */
const BATCH = 500
/** How long a node's own notes may fail to come back to it before its connection counts as dead. */
const ECHO_MS = 5000

export interface RedisBusParts {
  /** This node's name. */
  node: string
  channel: string
  queries: RedisClient
  subscriber: RedisClient
  log: Logger
}

/** Creates the bus of nodes that share a Redis, over its pub/sub: each message is a node's name, and its notes as JSON. */
export function createRedisBus({ node, channel, queries, subscriber, log }: RedisBusParts): Bus {
  const ears = new Set<(note: Note, from: string) => void>()
  let waiting: string[] = []
  let sending: Promise<void> | null = null
  let unheardSinceMs: number | null = null

  subscriber.on('message', (_channel: string, text: string) => {
    const end = text.indexOf(' ')
    const from = text.slice(0, end)
    if (from === node) {
      unheardSinceMs = null
      return
    }
    for (const note of notesOf(text.slice(end + 1))) for (const ear of ears) ear(note, from)
  })
  // Each connection that is made anew subscribes by itself; the first one is made to here.
  subscriber.once('ready', () => {
    subscriber.subscribe(channel).catch((err: unknown) => log.debug({ err }, 'Other nodes could not be listened to'))
  })

  async function sendAll(): Promise<void> {
    // What this turn brings goes out together.
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0) await queries.publish(channel, `${node} [${waiting.splice(0, BATCH).join()}]`)
    unheardSinceMs ??= performance.now()
    if (performance.now() - unheardSinceMs < ECHO_MS) return
    // It hangs without having broken, or leads to a server that is no longer in charge.
    unheardSinceMs = null
    if (subscriber.status === 'ready') subscriber.disconnect(true)
  }

  return {
    send(note) {
      waiting.push(JSON.stringify(note))
      if (waiting.length > MAX_WAITING) waiting = waiting.slice(-MAX_WAITING / 2)
      sending ??= sendAll()
        .catch((err: unknown) => log.debug({ err }, 'Other nodes could not be told'))
        .finally(() => (sending = null))
    },
    isOpen: () => queries.status === 'ready' && subscriber.status === 'ready',
    listen(ear) {
      ears.add(ear)
      return () => void ears.delete(ear)
    },
    async close() {
      ears.clear()
      await sending
    },
  }
}

function notesOf(text: string): Note[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? (value as Note[]).filter((note) => typeof note?.kind === 'string') : []
  } catch {
    return []
  }
}
