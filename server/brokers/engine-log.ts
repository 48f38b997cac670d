import type { Append, KeptAnswer, LogEntry } from './broker.ts'

/** Where the log of an engine stands. */
export interface EngineState {
  epoch: string
  /** Newest offset that was given away; none at or below it is given again. */
  head: number
  /** The epoch began after this offset; what lies at or before it was said in another one. */
  floor: number
  /** Everything up to and with this offset has left the engine. */
  trimmed: number
}

/** A piece of an engine's log, in order, and how the log stood when it was read. */
export interface EnginePage {
  entries: LogEntry[]
  state: Omit<EngineState, 'head'>
}

/** What became of a group of appends. */
export interface EngineWrite {
  /** Offset just before the group's first message; the messages that were appended follow without a hole. */
  before: number
  /**
   * For each append the offset of its first message; null when nothing of it was appended, because somebody has
   * published with its key, or its scheduled messages, already.
   */
  firsts: (number | null)[]
}

/**
 * A log in an engine of its own, outside the database: Redis, NATS. The engine decides the order; offsets grow in that
 * order, and may leave numbers out. Whatever is asked is answered or rejected within seconds, also while the engine is
 * away; nothing is tried again behind the caller's back.
 */
export interface EngineLog {
  /**
   * Tells where the log stands. One that is not there, or that ends before `known`, has lost what clients have seen: it
   * gets a new epoch, which begins far after `known`, so that no position is given twice.
   */
  open(known: number): Promise<EngineState>
  /**
   * Appends a group as one, durable once it resolves; null, with nothing appended, when the log is not the one of
   * `epoch`. After a rejection its fate may be unknown.
   */
  write(epoch: string, group: readonly Append[]): Promise<EngineWrite | null>
  /** Reads up to `limit` entries after an offset. */
  read(after: number, limit: number): Promise<EnginePage>
  /** Waits, for about a second, until something lies after an offset, and reads it; one call at a time. */
  next(after: number): Promise<EnginePage>
  /** Lets everything up to and with an offset go. */
  trim(through: number): Promise<void>
  /** Finds the answer kept for an idempotency key in the last five minutes. */
  answer(key: string): Promise<KeptAnswer | null>
}
