import type { JetStreamPublishOptions } from '@nats-io/jetstream'
import { nuid } from '@nats-io/transport-node'
import type { Append } from './broker.ts'
import type { EngineWrite } from './engine-log.ts'
import type { NatsKeys } from './nats-keys.ts'
import { encodeBody, encodeHead, entriesOf, placeKeys, type RecordHead } from './nats-record.ts'
import { lastSequenceOf, type NatsStream, type RecordKind } from './nats-stream.ts'
import type { NatsTail, TailPosition } from './nats-tail.ts'

/** How long a group may take, all tries together, in milliseconds. */
const WRITE_MS = 3000
/** How long one try may go without an answer, in milliseconds. */
const TRY_MS = 1000
const PAUSE_MS = 50
/** Bytes of a message that its subject and its fixed headers may take. */
const HEAD_BYTES = 1024

export interface WriterParts {
  stream: NatsStream
  tail: NatsTail
  keys: NatsKeys
}

/** A group of appends as it is sent. */
interface Draft {
  group: readonly Append[]
  kind: RecordKind
  keys: RecordHead['keys']
  count: number
  /** Sequences of the parts that were sent already. */
  parts: number[]
  /** What is left of the text. */
  data: Uint8Array
}

/** A message's id, and what it asks of the stream. */
interface SendOptions extends Partial<JetStreamPublishOptions> {
  msgID: string
}

/** Writes groups into a stream, each as one message that follows the last one that was read. */
export class NatsWriter {
  readonly #parts: WriterParts

  constructor(parts: WriterParts) {
    this.#parts = parts
  }

  /** See `EngineLog.write`. */
  async write(epoch: string, group: readonly Append[]): Promise<EngineWrite | null> {
    const { tail, keys } = this.#parts
    const deadlineMs = performance.now() + WRITE_MS
    let draft: Draft | null = null
    for (;;) {
      if (tail.at.epoch !== epoch) return null
      if (tail.full) throw new Error('this node has fallen too far behind to write')
      const free = keys.judge(group)
      const chosen = group.filter((_, i) => free[i])
      if (chosen.length === 0) return { before: tail.at.offset, firsts: group.map(() => null) }
      if (draft === null || draft.group.length !== chosen.length) draft = await this.#draft(chosen, deadlineMs)
      const before = await this.#publish(draft, tail.at, deadlineMs)
      if (before !== null) return { before, firsts: placeFirsts(group, free, before) }
    }
  }

  /** Sends what does not fit into one message ahead, as parts that mean nothing until their group comes. */
  async #draft(group: readonly Append[], deadlineMs: number): Promise<Draft> {
    const { stream } = this.#parts
    const { nc } = stream.link()
    const keys = placeKeys(group)
    const keyBytes = keys.reduce((sum, { key }) => sum + key.length + 6, 0)
    const most = nc.info!.max_payload - HEAD_BYTES
    const data = encodeBody(group)
    const count = group.reduce((sum, { messages }) => sum + messages.length, 0)
    const draft: Draft = { group, kind: kindOf(group), keys, count, parts: [], data }
    // The list of parts takes room of its own.
    const room = most - keyBytes - 20 * Math.ceil(data.length / most)
    if (data.length <= room) return draft
    const pieces = Array.from({ length: Math.ceil(data.length / room) }, (_, i) =>
      data.subarray(i * room, (i + 1) * room),
    )
    draft.data = pieces.pop()!
    for (const piece of pieces)
      draft.parts.push(await this.#send(stream.partSubject, piece, { msgID: nuid.next() }, deadlineMs))
    await this.#reach(draft.parts.at(-1)!, deadlineMs)
    return draft
  }

  /** Resolves with the offset before the group, or null when somebody else has written meanwhile. */
  async #publish(draft: Draft, at: TailPosition, deadlineMs: number): Promise<number | null> {
    const { stream, tail, keys } = this.#parts
    const { epoch, floor, offset: before } = at
    const { count, keys: placed, parts } = draft
    const head: RecordHead = { id: nuid.next(), epoch, floor, before, count, keys: placed, parts }
    const options = { msgID: head.id, headers: encodeHead(head), expect: { lastSequence: at.seq } }
    try {
      const seq = await this.#send(stream.subjectOf(draft.kind), draft.data, options, deadlineMs)
      keys.add(seq, head, Date.now())
      const entries = draft.group.flatMap(({ messages }) => messages)
      tail.put(seq, head, entriesOf(head, { entries, answers: [] }))
      return before
    } catch (error) {
      const lastSeq = lastSequenceOf(error)
      if (lastSeq === null) throw error
      if (lastSeq < at.seq) throw new Error('the stream in NATS ends before what was read of it', { cause: error })
      await this.#reach(lastSeq, deadlineMs)
      return null
    }
  }

  /**
   * Sends a message until its fate is known; by its id it is stored once; resolves with its sequence. A
   * refusal that comes after a try without an answer leaves its fate unknown.
   */
  async #send(subject: string, data: Uint8Array, options: SendOptions, deadlineMs: number): Promise<number> {
    for (let isFirst = true; ; isFirst = false) {
      try {
        const { js } = this.#parts.stream.link()
        return (await js.publish(subject, data, { ...options, timeout: TRY_MS, retries: 0 })).seq
      } catch (error) {
        if (lastSequenceOf(error) !== null) {
          if (isFirst) throw error
          throw new Error('it is not known whether a group was written', { cause: error })
        }
        if (performance.now() > deadlineMs) throw error
      }
      await this.#parts.tail.changed(PAUSE_MS)
    }
  }

  /** Waits until the stream was read up to a sequence. */
  async #reach(seq: number, deadlineMs: number): Promise<void> {
    const { tail } = this.#parts
    while (tail.at.seq < seq) {
      if (performance.now() > deadlineMs) throw new Error('what others wrote does not come')
      await tail.changed(PAUSE_MS)
    }
  }
}

function kindOf(group: readonly Append[]): RecordKind {
  if (group.some(({ scheduled }) => scheduled !== undefined)) return 'due'
  return group.some(({ idempotent }) => idempotent !== null) ? 'keyed' : 'plain'
}

/** Offset of each append's first message; null for those that were left out. */
export function placeFirsts(group: readonly Append[], free: readonly boolean[], before: number): (number | null)[] {
  let next = before + 1
  return group.map(({ messages }, i) => {
    if (!free[i]) return null
    const first = next
    next += messages.length
    return first
  })
}
