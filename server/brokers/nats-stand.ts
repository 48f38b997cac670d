import { nuid } from '@nats-io/transport-node'
import { customAlphabet } from 'nanoid'
import { ANSWER_MS } from './nats-connection.ts'
import { type NatsKeys, KEY_TTL_MS } from './nats-keys.ts'
import { encodeBody, encodeHead } from './nats-record.ts'
import { type GroupQuery, lastSequenceOf, type NatsStream, type StreamState } from './nats-stream.ts'
import type { RecordMark, TailPosition } from './nats-tail.ts'

/** How far after all that was ever said a new epoch begins. */
const EPOCH_STEP = 1_000_000
/** Groups whose keys are read at a time. */
const KEY_PAGE = 5000
/** How often a new epoch is tried to begin while others write. */
const TRIES = 5

const newEpoch = customAlphabet('abcdefghijklmnopqrstuvwxyz0123456789', 8)

/** Where a log stands, and in which stream. */
export interface Stand {
  at: TailPosition
  /** When the stream was made. */
  created: string
  /** Everything up to and with this offset has left the stream. */
  trimmed: number
}

/** What was seen of the log so far. */
export interface Seen {
  /** Newest offset that was handed out. */
  known: number
  /** The newest group that was read, and its epoch; null for none. */
  last: (RecordMark & { epoch: string }) | null
}

/**
 * Finds where the log stands, making the stream if need be. A log that is empty, that ends before what was seen, or in
 * which another group lies in the place of one that was seen, has lost what clients have got: a group without messages
 * begins a new epoch then, once for all nodes.
 */
export async function standOf(stream: NatsStream, seen: Seen): Promise<Stand> {
  const { known } = seen
  for (let i = 0; i < TRIES; i++) {
    const state = await stream.ensure()
    const last = await stream.last()
    const end = last ? last.head.before + last.head.count : 0
    if (last !== null && end >= known && (await isSame(stream, state, last.head.epoch, seen))) {
      const { epoch, floor } = last.head
      const at = { seq: last.seq, epoch, floor, offset: end, last: { seq: last.seq, id: last.head.id } }
      return { at, created: state.created, trimmed: await trimmedOf(stream, state) }
    }
    await beginEpoch(stream, state, Math.max(known, end))
  }
  throw new Error('the log in NATS changes too fast to begin a new epoch')
}

/** Tells whether what was seen of the present epoch is still what lies in its place, or was trimmed. */
async function isSame(stream: NatsStream, { firstSeq }: StreamState, epoch: string, { last }: Seen): Promise<boolean> {
  if (last === null || last.epoch !== epoch || last.seq < firstSeq) return true
  const found = await stream.recordFrom(last.seq)
  return found?.seq === last.seq && found.head.id === last.id
}

async function beginEpoch(stream: NatsStream, { lastSeq }: StreamState, known: number): Promise<void> {
  // The first epoch of all has nothing before it to keep away from.
  const floor = known === 0 ? 0 : known + EPOCH_STEP
  const head = { id: nuid.next(), epoch: newEpoch(), floor, before: floor, count: 0, keys: [], parts: [] }
  const expect = { lastSequence: lastSeq }
  const options = { msgID: head.id, headers: encodeHead(head), expect, timeout: ANSWER_MS }
  try {
    await stream.link().js.publish(stream.subjectOf('plain'), encodeBody([]), options)
  } catch (error) {
    // Another node was faster.
    if (lastSequenceOf(error) === null) throw error
  }
}

async function trimmedOf(stream: NatsStream, { firstSeq }: StreamState): Promise<number> {
  const first = await stream.recordFrom(firstSeq)
  return first?.head.before ?? 0
}

/**
 * Learns the keys that were published with up to a sequence: all that stand, or, when `after` is not null, those after
 * that sequence. Scheduled messages are known by theirs for as long as the stream keeps them.
 */
export async function loadKeys(
  stream: NatsStream,
  keys: NatsKeys,
  { after, upTo }: { after: number | null; upTo: number },
): Promise<void> {
  const since = { sinceMs: Date.now() - KEY_TTL_MS }
  const query = { upTo, limit: KEY_PAGE, headersOnly: true }
  await loadFrom(stream, keys, { ...query, kind: 'due', from: { seq: (after ?? 0) + 1 } })
  await loadFrom(stream, keys, { ...query, kind: 'keyed', from: after === null ? since : { seq: after + 1 } })
}

async function loadFrom(stream: NatsStream, keys: NatsKeys, query: GroupQuery): Promise<void> {
  for (let { from } = query; ;) {
    const { records, more } = await stream.page({ ...query, from })
    for (const { seq, head, atMs } of records) keys.add(seq, head, atMs)
    if (!more) return
    from = { seq: records.at(-1)!.seq + 1 }
  }
}
