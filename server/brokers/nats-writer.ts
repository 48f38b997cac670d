import type { JetStreamPublishOptions } from '@nats-io/jetstream'
import { nuid } from '@nats-io/transport-node'
import type { Append } from './broker.ts'
import type { EngineWrite } from './engine-log.ts'
import { firstAnswer } from './first-answer.ts'
import type { NatsKeys } from './nats-keys.ts'
import { encodeBody, encodeHead, entriesOf, placeKeys, type RecordHead } from './nats-record.ts'
import { lastSequenceOf, type NatsStream, type RecordKind } from './nats-stream.ts'
import type { NatsTail, TailPosition } from './nats-tail.ts'

/** How long a group may take, all tries together, in milliseconds. */
const WRITE_MS = 3000
/** How long a try may go without an answer before there is another one, in milliseconds. */
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

/** What has become of something that was sent. */
interface Sent {
  tries: number
  /** Its sequence, as soon as a try is answered with it, however late; null until then. */
  seq: number | null
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
    const sent: Sent = { tries: 0, seq: null }
    const seq = await this.#send(stream.subjectOf(draft.kind), draft.data, options, deadlineMs, sent).catch(
      (error: unknown) => this.#find(head.id, at, sent, error, deadlineMs + TRY_MS),
    )
    if (seq === null) return null
    keys.add(seq, head, Date.now())
    const entries = draft.group.flatMap(({ messages }) => messages)
    tail.put(seq, head, entriesOf(head, { entries, answers: [] }))
    return before
  }

  /**
   * Finds a group by reading that was sent to follow `at`, and whose sending ended with `error`; null when it is not in
   * the stream, and what others have written was read. It can only lie right behind that place: once something lies
   * there, no try that is still on its way gets in.
   * @throws when nobody can tell
   */
  async #find(
    id: string,
    at: TailPosition,
    sent: Readonly<Sent>,
    error: unknown,
    deadlineMs: number,
  ): Promise<number | null> {
    const { tail } = this.#parts
    const lastSeq = lastSequenceOf(error)
    if (lastSeq !== null) {
      if (lastSeq < at.seq) throw new Error('the stream in NATS ends before what was read of it', { cause: error })
      await this.#reach(Math.min(lastSeq, at.seq + 1), deadlineMs, sent)
    }
    const found = tail.idAt(at.seq + 1)
    if (sent.seq !== null || found === id) return sent.seq ?? at.seq + 1
    if (lastSeq === null) throw error
    // A single try that was refused is not in, whatever lies there.
    if (found === null && sent.tries > 1)
      throw new Error('it is not known whether a group was written', { cause: error })
    await this.#reach(lastSeq, deadlineMs)
    return null
  }

  /**
   * Sends a message, which is stored once by its id, as often as it takes until a try is answered; resolves with its
   * sequence. Where answers take long, one try may be refused because another one has got in, as `sent` may tell later.
   */
  async #send(
    subject: string,
    data: Uint8Array,
    options: SendOptions,
    deadlineMs: number,
    sent: Sent = { tries: 0, seq: null },
  ): Promise<number> {
    const ask = async (timeout: number) => {
      const { js } = this.#parts.stream.link()
      sent.tries++
      sent.seq = (await js.publish(subject, data, { ...options, timeout, retries: 0 })).seq
      return sent.seq
    }
    const isRefusal = (error: unknown) => lastSequenceOf(error) !== null
    return firstAnswer({ ask, isRefusal, tryMs: TRY_MS, pauseMs: PAUSE_MS, deadlineMs })
  }

  /** Waits until the stream was read up to a sequence, or is known to hold what was sent. */
  async #reach(seq: number, deadlineMs: number, sent?: Readonly<Sent>): Promise<void> {
    const { tail } = this.#parts
    while (tail.at.seq < seq && (sent?.seq ?? null) === null) {
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
