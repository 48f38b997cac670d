import { createHash } from 'node:crypto'

/** How many of the newest messages are remembered; far more than a broker leaves unacknowledged. */
const MAX_KEPT = 4096

/** A message with QoS 1 as it came. */
export interface Arrival {
  messageId: number
  /** Whether the broker says that it sent it before (MQTT 5 §3.3.1.1). */
  dup: boolean
  topic: string
  payload: Buffer
}

/**
 * Knows the messages of a session that the broker may send again, since a cut may have swallowed their acknowledgement:
 * the same packet identifier, marked as a repetition, with the same content.
 */
export class Redelivery {
  readonly #kept = new Map<number, { digest: string; done: Promise<void> }>()

  /** Returns when the message was, or will be, dealt with at its first coming; null when this is its first. */
  recall(arrival: Arrival): Promise<void> | null {
    if (!arrival.dup) return null
    const kept = this.#kept.get(arrival.messageId)
    return kept !== undefined && kept.digest === digestOf(arrival) ? kept.done : null
  }

  /** Keeps a message; `done` resolves when it has been dealt with. */
  keep(arrival: Arrival, done: Promise<void>): void {
    this.#kept.delete(arrival.messageId)
    this.#kept.set(arrival.messageId, { digest: digestOf(arrival), done })
    if (this.#kept.size <= MAX_KEPT) return
    const oldest = this.#kept.keys().next()
    if (!oldest.done) this.#kept.delete(oldest.value)
  }

  /** Forgets all: the broker has begun a session of its own, whose identifiers mean other messages. */
  clear(): void {
    this.#kept.clear()
  }
}

function digestOf({ topic, payload }: Arrival): string {
  return createHash('sha1').update(topic).update('\0').update(payload).digest('base64')
}
