import type { Logger } from 'pino'
import type { Append, KeptAnswer } from './broker.ts'
import type { EngineLog, EnginePage, EngineState, EngineWrite } from './engine-log.ts'
import { NatsKeys } from './nats-keys.ts'
import { findAfter, readPast } from './nats-past.ts'
import { decodeBody } from './nats-record.ts'
import { type NatsReader, NatsParts, startReader } from './nats-reader.ts'
import { loadKeys, standOf } from './nats-stand.ts'
import { Standstill } from './nats-standstill.ts'
import type { NatsStream } from './nats-stream.ts'
import { NatsTail } from './nats-tail.ts'
import { NatsWriter } from './nats-writer.ts'

/** How long a read waits for messages, in milliseconds. */
const WAIT_MS = 1000
/** Parts of groups that may still be on the way to being whole are not trimmed. */
const PARTS_KEPT_MS = 60_000

/**
 * The log of a NATS: one stream of JetStream, in which each group of messages is one message, written on condition that
 * it follows the last one that its writer has read. So offsets follow each other without a hole, and whoever writes
 * knows all keys that were published with before.
 */
export class NatsLog implements EngineLog {
  readonly #stream: NatsStream
  readonly #tail = new NatsTail()
  readonly #keys = new NatsKeys()
  readonly #parts = new NatsParts()
  readonly #writer: NatsWriter
  #reader: NatsReader | null = null
  /** When the stream was made that is read. */
  #created = ''
  readonly #standstill = new Standstill()

  readonly #log: Logger
  /** Whether it was said that it can not be opened. */
  #isComplained = false

  constructor(stream: NatsStream, log: Logger) {
    this.#stream = stream
    this.#log = log
    this.#writer = new NatsWriter({ stream, tail: this.#tail, keys: this.#keys })
  }

  async open(known: number): Promise<EngineState> {
    try {
      const state = await this.#open(known)
      this.#isComplained = false
      return state
    } catch (err) {
      // Whoever runs it has to hear of too few servers or rights, but once.
      if (!this.#isComplained) this.#log.warn({ err }, 'The log in NATS could not be opened')
      this.#isComplained = true
      throw err
    }
  }

  async #open(known: number): Promise<EngineState> {
    this.#reader?.stop()
    const { epoch: seenEpoch, last } = this.#tail.at
    const stand = await standOf(this.#stream, { known, last: last.seq > 0 ? { ...last, epoch: seenEpoch } : null })
    const isOther = stand.created !== this.#created
    if (isOther) this.#keys.clear()
    await loadKeys(this.#stream, this.#keys, { after: isOther ? null : this.#tail.at.seq, upTo: stand.at.seq })
    this.#created = stand.created
    this.#tail.reset(stand.at)
    this.#reader = startReader({ stream: this.#stream, tail: this.#tail, keys: this.#keys, parts: this.#parts })
    const { epoch, floor, offset: head } = stand.at
    return { epoch, floor, head, trimmed: stand.trimmed }
  }

  write(epoch: string, group: readonly Append[]): Promise<EngineWrite | null> {
    return this.#writer.write(epoch, group)
  }

  async read(after: number, limit: number): Promise<EnginePage> {
    return this.#tail.after(after, limit) ?? readPast(this.#stream, this.#parts, this.#tail.at, after, limit)
  }

  async next(after: number): Promise<EnginePage> {
    const found = this.#tail.take(after)
    if (found !== null) return found
    await this.#tail.changed(WAIT_MS)
    const { epoch, floor } = this.#tail.at
    const page = this.#tail.take(after)
    if (page !== null) return page
    await this.#check()
    return { entries: [], state: { epoch, floor, trimmed: 0 } }
  }

  async trim(through: number): Promise<void> {
    // The newest group stays, whatever happens: it tells where the log stands.
    const first = (await findAfter(this.#stream, this.#tail.at, through)) ?? (await this.#stream.last())
    if (first === null) return
    const kept = [first.seq, ...first.head.parts]
    const key = this.#keys.oldestSeq()
    if (key !== null) kept.push(key)
    const part = this.#parts.oldestSince(Date.now() - PARTS_KEPT_MS)
    if (part !== null) kept.push(part)
    await this.#stream.purge(Math.min(...kept))
  }

  async answer(key: string): Promise<KeptAnswer | null> {
    const place = this.#keys.find(key)
    if (place === null) return null
    const record = await this.#stream.recordFrom(place.seq)
    if (record?.seq !== place.seq) return null
    const { answers } = decodeBody(await this.#parts.join(this.#stream, record))
    const kept = answers.find((one) => one.key === key)
    if (kept === undefined) return null
    const { epoch, before } = record.head
    return { answer: kept.answer, first: { epoch, offset: before + 1 + kept.index }, atMs: place.atMs }
  }

  /** Looks, where nothing has come for a while, whether there is nothing, or nothing comes. @throws for the latter */
  async #check(): Promise<void> {
    const { seq } = this.#tail.at
    const { created, lastSeq } = await this.#stream.state()
    if (created !== this.#created || lastSeq < seq) throw new Error('the stream in NATS is not the one that it was')
    const failure = this.#reader?.failure() ?? null
    if (failure !== null) throw failure
    const look = { read: this.#tail.at.seq, newest: lastSeq, nowMs: performance.now(), limitMs: WAIT_MS }
    if (this.#standstill.look(look)) throw new Error('nothing comes from the stream in NATS')
  }

  /** Stops reading. */
  close(): void {
    this.#reader?.stop()
  }
}
