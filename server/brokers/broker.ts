import type { Position } from '../../shared/protocol.ts'

/** A message on its way into the log. */
export interface NewMessage {
  channel: string
  type: string
  /** The publishing user's `sub`; null for keys and admins. */
  sender: string | null
  /** Epoch milliseconds. */
  timestampMs: number
  /** The whole message as JSON text, but for its `id`. */
  body: string
  /** Connection that does not get it; null for none. */
  exclude: string | null
  /** When it was taken in, by the monotonic clock, in milliseconds. */
  acceptedAtMs: number
  /** Connections of this node that it was handed to; set by the sink. */
  recipients: number
  /** What hears when it is handed out: on the last message of a publish that is traced. */
  trace?: { delivering(): void; delivered(): void }
}

/** A message with its place in the log. */
export interface LogEntry {
  offset: number
  channel: string
  /** The whole message as JSON text, but for its `id`. */
  body: string
  exclude: string | null
  /** What was appended on this node; null when it came from elsewhere or from history. */
  source: NewMessage | null
}

/** The first answer to a publish with an Idempotency-Key, kept with the messages it published. */
export interface Idempotent {
  /** SHA-256 of caller and key, hex. */
  key: string
  /** The receipts as JSON text, without ids. */
  answer: string
}

/** One publish: its messages are appended all or none, next to each other. */
export interface Append {
  messages: readonly NewMessage[]
  idempotent: Idempotent | null
  /**
   * Ids of the scheduled messages that these are, one for each. They leave the schedule in the commit that puts them
   * into the log; where one has left it already, nothing is appended, and the append is rejected with `conflict`.
   */
  scheduled?: readonly string[]
}

/** Receives what the log brings, on every node the same, in the same order. */
export interface BrokerSink {
  /** Tells where the log stands: at the start, and when its history was replaced. */
  onHead(head: Position): void
  /** Hands over entries in log order, each once, before `append` resolves for them. */
  onEntries(entries: readonly LogEntry[]): void
}

/** Decides the one order of all messages and makes them durable. */
export interface Broker {
  readonly kind: string
  /** Begins to feed `sink`; resolves when appends are taken. */
  start(sink: BrokerSink): Promise<void>
  /**
   * Appends to the log; resolves with the offset of the first message once all are durable and were handed to the sink.
   * Rejects with `unavailable` when that could not be made sure; nothing was delivered then, but a message whose fate
   * is not known may still come up in the log.
   */
  append(append: Append): Promise<number>
  /**
   * Asks the log itself where it stands, and resolves once the sink was handed all that was in it when this was called.
   * Rejects when it can not be told, as while the log is away.
   */
  catchUp(): Promise<void>
  /** Tells whether appends are taken now. */
  ok(): boolean
  /** Makes durable what was accepted, then stops. */
  close(): Promise<void>
}

/** What a reader of the log asks for. */
export interface LogQuery {
  /** Exclusive. */
  after: number
  /** Inclusive. */
  upTo: number
  /** Channel names and patterns; a reader may hand back more than they match. */
  patterns: readonly string[]
}

/** A piece of the log, in log order. */
export interface LogPage {
  entries: LogEntry[]
  /** Everything up to and with this offset has been read: `upTo` when nothing is left. */
  through: number
  /** Everything up to and with this offset was already trimmed when the page was read. */
  trimmed: number
}

/** A first answer as it was kept. */
export interface KeptAnswer {
  /** The receipts as JSON text, without ids. */
  answer: string
  /** Place of the first message; the others follow one by one. */
  first: Position
  /** Epoch milliseconds. */
  atMs: number
}

/** Reads the log's past. */
export interface History {
  /** Reads one page: at most some hundred messages and about half a MiB. */
  page(query: LogQuery): Promise<LogPage>
  /**
   * Finds where the newest `count` matching messages begin: the offset just before them, or null when
   * there are no more than `count` of them.
   */
  startOfNewest(query: LogQuery, count: number): Promise<number | null>
  /** Offset up to which the log is trimmed, as last known. */
  trimmed(): number
  /**
   * Resolves when all that was handed out here until now can be searched in the database; after a second at the latest,
   * since a search must not wait for a database that lags.
   */
  searchable(): Promise<void>
  /** Finds the answer kept for an idempotency key; null when nothing was published with it, or long ago. */
  answer(key: string): Promise<KeptAnswer | null>
}
