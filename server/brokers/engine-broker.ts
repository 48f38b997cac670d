import type { Logger } from 'pino'
import { YayinError } from '../../shared/errors.ts'
import type { Append, Broker, BrokerSink, LogEntry } from './broker.ts'
import type { EngineLog, EnginePage, EngineWrite } from './engine-log.ts'
import { GroupCommit, type Waiting } from './group-commit.ts'
import { keyTaken, leftSchedule, notNow, refuse } from './refusals.ts'

/** Pauses between tries to reach the engine again, in milliseconds; the last one goes on. */
const RETRY_MS = [50, 100, 250, 500]
/** Entries read in one go while catching up. */
const PAGE = 512

/**
 * - `closed`: not started, or closed.
 * - `open`: appends are taken.
 * - `away`: the engine does not answer, or has lost its log; appends are refused until it is known how the log stands.
 */
type State = 'closed' | 'open' | 'away'

/** Publishes scheduled messages: takes them out of the schedule when `publish` has, null when they are not all in it. */
export type TakeScheduled = <T>(ids: readonly string[], publish: () => Promise<T>) => Promise<T | null>

export interface EngineBrokerParts {
  kind: string
  engine: EngineLog
  /** Reads the newest offset that is in the archive. */
  archived: () => Promise<number>
  takeScheduled: TakeScheduled
  log: Logger
}

/** The order of an engine outside the database, read by every node and handed out in that order. */
export class EngineBroker implements Broker {
  readonly kind: string
  readonly #parts: EngineBrokerParts
  readonly #commits = new GroupCommit((group) => this.#inTurn(() => this.#commit(group)))
  /** Commits and what the engine brings go one after the other, so that nothing is handed out twice. */
  #turn: Promise<void> = Promise.resolve()
  /** A look at the log that waits for its turn; whoever asks until then shares it. */
  #look: Promise<void> | null = null
  #sink: BrokerSink | null = null
  #state: State = 'closed'
  #closing = false
  #epoch = ''
  #head = 0

  constructor(parts: EngineBrokerParts) {
    this.kind = parts.kind
    this.#parts = parts
  }

  /** Newest offset that was handed to the sink. */
  get head(): number {
    return this.#head
  }

  async start(sink: BrokerSink): Promise<void> {
    this.#sink = sink
    this.#head = await this.#parts.archived()
    this.#state = 'away'
    await this.#reach()
    void this.#follow()
  }

  append(append: Append): Promise<number> {
    return this.#state === 'open' ? this.#commits.add(append) : Promise.reject(notNow())
  }

  catchUp(): Promise<void> {
    this.#look ??= this.#inTurn(async () => {
      this.#look = null
      if (this.#state !== 'open') throw notNow()
      await this.#settle()
    })
    return this.#look
  }

  ok(): boolean {
    return this.#state === 'open'
  }

  async close(): Promise<void> {
    await this.#commits.idle()
    this.#closing = true
    this.#state = 'closed'
    await this.#turn
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }

  // ---- what the engine brings

  async #follow(): Promise<void> {
    while (!this.#closing) {
      try {
        if (this.#state === 'away') await this.#reach()
        const page = await this.#parts.engine.next(this.#head)
        await this.#inTurn(() => this.#take(page))
      } catch (error) {
        this.#lose(error)
      }
    }
  }

  /** Asks the engine, until it answers, how the log stands, and goes on from there. */
  async #reach(): Promise<void> {
    for (let attempt = 0; !this.#closing; attempt++) {
      try {
        await this.#inTurn(() => this.#reopen())
        return
      } catch (error) {
        this.#parts.log.debug({ err: error }, 'The broker is away')
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]))
      }
    }
  }

  async #reopen(): Promise<void> {
    await this.#settle()
    if (this.#state === 'away') this.#state = 'open'
    this.#parts.log.info({ epoch: this.#epoch, head: this.#head }, 'The broker is there')
  }

  /** Asks how the log stands, and hands out what is missing here. */
  async #settle(): Promise<void> {
    const state = await this.#parts.engine.open(this.#head)
    if (this.#epoch === '') this.#begin(state.epoch, state.head)
    else if (state.epoch !== this.#epoch) this.#begin(state.epoch, state.floor)
    await this.#handOutUpTo(state.head)
  }

  #lose(error: unknown): void {
    if (this.#state !== 'open') return
    this.#state = 'away'
    this.#parts.log.warn({ err: error }, 'The broker is away; publishes are refused until it is back')
  }

  /** Goes on after an offset: what lies before it can not be handed out in order any more. */
  #begin(epoch: string, offset: number): void {
    this.#epoch = epoch
    this.#head = offset
    this.#sink!.onHead({ epoch, offset })
  }

  async #take({ entries, state }: EnginePage): Promise<void> {
    if (this.#closing) return
    if (state.epoch !== this.#epoch) this.#begin(state.epoch, state.floor)
    // Some of it is gone already: connections have to come back, to get it from the archive or be told of the gap.
    else if (state.trimmed > Math.max(this.#head, state.floor)) this.#begin(state.epoch, state.trimmed)
    const fresh = entries.filter(({ offset }) => offset > this.#head)
    if (fresh.length === 0) return
    this.#head = fresh.at(-1)!.offset
    this.#sink!.onEntries(fresh)
  }

  /** Hands out what others have written, up to and with an offset of the present epoch. */
  async #handOutUpTo(through: number): Promise<void> {
    while (this.#head < through) {
      const page = await this.#parts.engine.read(this.#head, PAGE)
      const entries = page.entries.filter(({ offset }) => offset <= through)
      await this.#take({ ...page, entries })
      // What is left belongs to no message.
      if (entries.length < page.entries.length || page.entries.length === 0) this.#head = Math.max(this.#head, through)
    }
  }

  // ---- what is published here

  async #commit(group: readonly Waiting[]): Promise<void> {
    if (this.#state !== 'open') return refuse(group, notNow())
    try {
      const written = await this.#write(group)
      if (written === null) return refuse(group, leftSchedule())
      await this.#handOutUpTo(written.before)
      // Otherwise the log was replaced meanwhile: what was written has no place in the order any more.
      if (this.#head !== written.before) throw new Error('the log is not where it was')
      this.#handOut(group, written)
    } catch (error) {
      this.#lose(error)
      const detail = 'the log could not be written'
      refuse(group, new YayinError('unavailable', detail, { retryAfterSeconds: 1, cause: error }))
    }
  }

  #write(group: readonly Waiting[]): Promise<EngineWrite | null> {
    const write = async () => {
      const written = await this.#parts.engine.write(this.#epoch, group)
      if (written === null) throw new Error('the log was replaced')
      return written
    }
    const scheduled = group[0]?.scheduled
    return scheduled === undefined ? write() : this.#parts.takeScheduled(scheduled, write)
  }

  #handOut(group: readonly Waiting[], { firsts }: EngineWrite): void {
    const entries = group.flatMap(({ messages }, i) => entriesOf(messages, firsts[i] ?? null))
    if (entries.length > 0) {
      this.#head = entries.at(-1)!.offset
      this.#sink!.onEntries(entries)
    }
    group.forEach(({ scheduled, resolve, reject }, i) => {
      const first = firsts[i] ?? null
      if (first === null) reject(scheduled === undefined ? keyTaken() : leftSchedule())
      else resolve(first)
    })
  }
}

function entriesOf(messages: Append['messages'], first: number | null): LogEntry[] {
  if (first === null) return []
  return messages.map((source, i) => {
    const { channel, body, exclude } = source
    return { offset: first + i, channel, body, exclude, source }
  })
}
