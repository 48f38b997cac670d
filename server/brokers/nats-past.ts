import type { LogEntry } from './broker.ts'
import type { EnginePage } from './engine-log.ts'
import { decodeBody, entriesOf } from './nats-record.ts'
import type { NatsParts } from './nats-reader.ts'
import type { NatsStream, StoredRecord } from './nats-stream.ts'
import type { TailPosition } from './nats-tail.ts'

/** Groups that are read at a time. */
const PAGE = 64

/** Reads the oldest group that reaches past an offset, or the first that there is; null when none does. */
export async function findAfter(stream: NatsStream, at: TailPosition, after: number): Promise<StoredRecord | null> {
  if (after >= at.offset) return null
  const { firstSeq } = await stream.state()
  let low = firstSeq
  let high = at.seq
  let found: StoredRecord | null = null
  // Offsets grow with the sequence.
  while (low <= high) {
    const middle = Math.floor((low + high) / 2)
    const record = await stream.recordFrom(middle)
    if (record !== null && record.head.before + record.head.count <= after) low = record.seq + 1
    else {
      if (record !== null) found = record
      high = middle - 1
    }
  }
  return found
}

/** Reads up to `limit` entries after an offset out of the stream, as far as `at`. */
export async function readPast(
  stream: NatsStream,
  parts: NatsParts,
  at: TailPosition,
  after: number,
  limit: number,
): Promise<EnginePage> {
  const state = { epoch: at.epoch, floor: at.floor, trimmed: 0 }
  const first = await findAfter(stream, at, after)
  if (first === null) return { entries: [], state }
  const entries: LogEntry[] = []
  for (let seq = first.seq, more = true; more && entries.length < limit;) {
    const page = await stream.page({ kind: '>', from: { seq }, upTo: at.seq, limit: PAGE })
    for (const record of page.records) {
      const found = entriesOf(record.head, decodeBody(await parts.join(stream, record)))
      for (const entry of found) if (entry.offset > after && entry.offset <= at.offset) entries.push(entry)
    }
    seq = (page.records.at(-1)?.seq ?? at.seq) + 1
    more = page.more && seq <= at.seq
  }
  return { entries: entries.slice(0, limit), state: { ...state, trimmed: first.head.before } }
}
