import { DeliverPolicy, type JsMsg } from '@nats-io/jetstream'
import { placed } from './nats-connection.ts'
import { decodeBody, entriesOf } from './nats-record.ts'
import type { NatsKeys } from './nats-keys.ts'
import { type NatsStream, recordOf, type StoredRecord } from './nats-stream.ts'
import type { NatsTail } from './nats-tail.ts'

/** Messages that NATS may send ahead. */
const AHEAD = 64
/** How long NATS keeps a request for more open, in milliseconds. */
const EXPIRES_MS = 5000
const PAUSE_MS = 200
/** Parts of groups that are kept until their group comes, in bytes; beyond that they are asked for again. */
const MAX_PART_BYTES = 16 * 1024 * 1024

/** Text of groups that are too long for one of the stream's messages, by sequence; the oldest go first. */
export class NatsParts {
  readonly #parts = new Map<number, { data: Uint8Array; atMs: number }>()
  #bytes = 0

  add(seq: number, data: Uint8Array, atMs: number): void {
    this.#parts.set(seq, { data, atMs })
    this.#bytes += data.length
    for (const oldest of this.#parts.keys()) {
      if (this.#bytes <= MAX_PART_BYTES) break
      this.#remove(oldest)
    }
  }

  /** Puts the text of a group together; what is not here is read from the stream. */
  async join(stream: NatsStream, { head, data }: StoredRecord): Promise<Uint8Array> {
    if (head.parts.length === 0) return data
    const pieces: Uint8Array[] = []
    for (const seq of head.parts) pieces.push(this.#parts.get(seq)?.data ?? (await stream.data(seq)))
    this.forget(head.parts)
    return Buffer.concat([...pieces, data])
  }

  /** Lets the parts of a group go. */
  forget(seqs: readonly number[]): void {
    for (const seq of seqs) this.#remove(seq)
  }

  /** Sequence of the oldest part since a time whose group has not come; null for none. */
  oldestSince(sinceMs: number): number | null {
    for (const [seq, { atMs }] of this.#parts) if (atMs >= sinceMs) return seq
    return null
  }

  #remove(seq: number): void {
    this.#bytes -= this.#parts.get(seq)?.data.length ?? 0
    this.#parts.delete(seq)
  }
}

export interface ReaderParts {
  stream: NatsStream
  tail: NatsTail
  keys: NatsKeys
  parts: NatsParts
}

/** A reader that has begun. */
export interface NatsReader {
  /** Why it does not read any more; null while it does. */
  failure(): Error | null
  stop(): void
}

/** Reads the stream from where the tail ends, and puts into it what comes. */
export function startReader(parts: ReaderParts): NatsReader {
  const stopped = new AbortController()
  let failure: Error | null = null
  const end = (cause?: unknown) => {
    failure = new Error('the stream in NATS is not read any more', { cause })
    parts.tail.wake()
  }
  read(parts, stopped.signal).then(() => end(), end)
  return { failure: () => failure, stop: () => stopped.abort() }
}

async function read(parts: ReaderParts, signal: AbortSignal): Promise<void> {
  const { stream, tail } = parts
  const { js } = stream.link()
  const start = { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: tail.at.seq + 1 }
  const consumer = await placed(() => js.consumers.get(stream.name, start))
  const messages = await consumer.consume({ max_messages: AHEAD, expires: EXPIRES_MS })
  const stop = () => void messages.close()
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  try {
    for await (const message of messages) {
      if (signal.aborted) return
      await take(message, parts, signal)
      while (tail.full && !signal.aborted) await tail.changed(PAUSE_MS)
    }
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
    await consumer.delete().catch(() => false)
  }
}

async function take(message: JsMsg, { stream, tail, keys, parts }: ReaderParts, signal: AbortSignal): Promise<void> {
  const { seq, subject, data } = message
  if (subject === stream.partSubject) parts.add(seq, data, message.time.getTime())
  const record = recordOf(message, message.headers)
  if (record === null) return tail.skip(seq)
  // What was written here is in it already.
  if (seq <= tail.at.seq) return parts.forget(record.head.parts)
  const body = decodeBody(await parts.join(stream, record))
  if (signal.aborted) return
  keys.add(seq, record.head, record.atMs)
  tail.put(seq, record.head, entriesOf(record.head, body))
}
