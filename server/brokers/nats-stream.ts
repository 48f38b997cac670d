import { JetStreamApiError, type StoredMsg } from '@nats-io/jetstream'
import type { NatsConnector, NatsLink } from './nats-connection.ts'
import { type PageQuery, readMessages, type StreamMessage } from './nats-pull.ts'
import { decodeHead, type RecordHead } from './nats-record.ts'

/** How long NATS itself remembers the id of a message, so that one sent twice is stored once. */
const DUPLICATE_WINDOW_NS = 300_000_000_000

/** Codes of JetStream's answers. */
const STREAM_NOT_FOUND = 10_059
const NO_MESSAGE_FOUND = 10_037
const WRONG_LAST_SEQUENCE = 10_071

/** One of the stream's messages that holds a group. */
export interface StoredRecord {
  seq: number
  head: RecordHead
  /** The end of the group's text; what comes before lies in `head.parts`. */
  data: Uint8Array
  /** Epoch milliseconds, by the server's clock. */
  atMs: number
}

/** Where the stream stands. */
export interface StreamState {
  /** When it was made; another one of the same name is another stream. */
  created: string
  firstSeq: number
  lastSeq: number
}

/** Groups lie under this, by what has to be known of them; text that is too long for one message beside it. */
export type RecordKind = 'plain' | 'keyed' | 'due'

/** What groups are read. */
export interface GroupQuery {
  kind: RecordKind | '>'
  from: PageQuery['from']
  upTo: number
  limit: number
  headersOnly?: boolean
}

export interface GroupPage {
  records: StoredRecord[]
  more: boolean
}

/** Messages that are read one by one. */
const FEW = 48

/** A stream of JetStream that holds a log. */
export class NatsStream {
  readonly name: string
  readonly #connector: NatsConnector
  readonly #replicas: number | null
  #isReplicated = false

  /** `replicas` null: one for a new stream, and what it has for one that is there. */
  constructor(connector: NatsConnector, name: string, replicas: number | null) {
    this.#connector = connector
    this.name = name
    this.#replicas = replicas
  }

  subjectOf(kind: RecordKind | '>'): string {
    return `${this.name}.log.${kind}`
  }

  get partSubject(): string {
    return `${this.name}.part`
  }

  /** The connection. @throws when it does not stand */
  link(): NatsLink {
    const link = this.#connector.current()
    if (link === null) throw new Error('the connection to NATS does not stand')
    return link
  }

  /** Looks where the stream stands, and makes it if it is not there. */
  async ensure(): Promise<StreamState> {
    const { jsm } = await this.#connector.link()
    try {
      await this.#replicate()
      return await this.state()
    } catch (error) {
      if (codeOf(error) !== STREAM_NOT_FOUND) throw error
    }
    await jsm.streams.add({
      name: this.name,
      subjects: [this.subjectOf('>'), this.partSubject],
      duplicate_window: DUPLICATE_WINDOW_NS,
      num_replicas: this.#replicas ?? 1,
    })
    return this.state()
  }

  /** Gives the stream as many copies as were asked for, once. */
  async #replicate(): Promise<void> {
    if (this.#isReplicated || this.#replicas === null) return
    const { jsm } = this.link()
    const { config } = await jsm.streams.info(this.name)
    if (config.num_replicas !== this.#replicas) await jsm.streams.update(this.name, { num_replicas: this.#replicas })
    this.#isReplicated = true
  }

  async state(): Promise<StreamState> {
    const { created, state } = await this.link().jsm.streams.info(this.name)
    return { created, firstSeq: state.first_seq, lastSeq: state.last_seq }
  }

  /** Reads the newest group; null when there is none. */
  last(): Promise<StoredRecord | null> {
    return this.#find({ last_by_subj: this.subjectOf('>') })
  }

  /** Reads the first group at or after a sequence; null when there is none. */
  recordFrom(seq: number): Promise<StoredRecord | null> {
    return this.#find({ seq: Math.max(1, seq), next_by_subj: this.subjectOf('>') })
  }

  async #find(query: { last_by_subj: string } | { seq: number; next_by_subj: string }): Promise<StoredRecord | null> {
    const message = await unlessMissing(this.link().jsm.streams.getMessage(this.name, query))
    return message && recordOf(message, message.header)
  }

  /** Reads the data of one of the stream's messages. @throws when it is not there any more */
  async data(seq: number): Promise<Uint8Array> {
    const message = await unlessMissing(this.link().jsm.streams.getMessage(this.name, { seq }))
    if (message === null) throw new Error(`part ${seq} of a group is gone from the stream`)
    return message.data
  }

  /**
   * Reads up to `limit` groups of a kind, from a sequence, or a time, on, of those that lie up to the sequence `upTo`, or
   * a little beyond; `headersOnly` may leave their data away. `more` tells whether there may be others.
   */
  async page({ kind, from, upTo, limit, headersOnly = false }: GroupQuery): Promise<GroupPage> {
    if ('seq' in from && upTo - from.seq < FEW) return { records: await this.#few(kind, from.seq, upTo), more: false }
    const query = { stream: this.name, subject: this.subjectOf(kind), from, limit, headersOnly }
    const messages = await readMessages(this.link(), query)
    const records = messages.flatMap((message) => recordOf(message, message.headers) ?? [])
    return { records, more: messages.length === limit }
  }

  /** Reads message by message, all at once, which needs no reader that NATS would have to make first. */
  async #few(kind: RecordKind | '>', first: number, last: number): Promise<StoredRecord[]> {
    const { streams } = this.link().jsm
    const sequences = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
    const found = await Promise.all(sequences.map((seq) => unlessMissing(streams.getMessage(this.name, { seq }))))
    return found.flatMap((message) => {
      const isWanted = message && (kind === '>' || message.subject === this.subjectOf(kind))
      return (isWanted && recordOf(message, message.header)) || []
    })
  }

  /** Lets everything before a sequence go. */
  async purge(before: number): Promise<void> {
    await this.link().jsm.streams.purge(this.name, { seq: before })
  }
}

/** Reads one of the stream's messages; null when it holds no group. */
export function recordOf(
  message: Omit<StreamMessage, 'headers'>,
  headers: StreamMessage['headers'],
): StoredRecord | null {
  const head = decodeHead(headers)
  const { seq, data, time } = message
  return head && { seq, head, data, atMs: time.getTime() }
}

/** The stream's last sequence, out of the refusal of a message that was to follow another one; null for other errors. */
export function lastSequenceOf(error: unknown): number | null {
  if (codeOf(error) !== WRONG_LAST_SEQUENCE) return null
  const seq = /(\d+)$/.exec(error instanceof Error ? error.message : '')
  return seq ? Number(seq[1]) : 0
}

async function unlessMissing(found: Promise<StoredMsg | null>): Promise<StoredMsg | null> {
  try {
    return await found
  } catch (error) {
    if (codeOf(error) === NO_MESSAGE_FOUND) return null
    throw error
  }
}

function codeOf(error: unknown): number | null {
  return error instanceof JetStreamApiError ? error.code : null
}
