import type pg from 'pg'
import type { Logger } from 'pino'
import { YayinError } from '../../shared/errors.ts'
import { openLog, readLogState, readSettledLogState, replaceEpoch } from '../store/log.ts'
import { renewRestoredLog } from '../store/log-home.ts'
import { readNext } from '../store/log-next.ts'
import type { Append, Broker, BrokerSink, LogEntry } from './broker.ts'
import { GroupCommit, type Waiting } from './group-commit.ts'
import { LogWriter } from './log-writer.ts'
import { keyTaken, leftSchedule, notNow, refuse } from './refusals.ts'

/** Pauses between tries to reach the log again, in milliseconds; the last one goes on. */
const RETRY_MS = [100, 250, 500, 1000]

/**
 * - `closed`: not started, or closed.
 * - `open`: appends are taken.
 * - `unsure`: a commit's fate is unknown; appends are refused until the log has told.
 */
type State = 'closed' | 'open' | 'unsure'

/** How a broker's nodes tell each other that the log has grown. */
export interface Neighbours {
  /** Whether each commit is told to the other nodes. */
  notify: boolean
  /**
   * Begins to call `onGrown` when another node may have written, with the offset up to which, if that is known; returns
   * how to stop.
   */
  listen(onGrown: (offset?: number) => void): () => Promise<void>
}

/** A log in a database, whose order is that of its commits; alone, or shared with other nodes. */
export class DatabaseBroker implements Broker {
  readonly kind: string
  readonly #neighbours: Neighbours | null
  #deaf: () => Promise<void> = () => Promise.resolve()
  /** Commits and looks at the log go one after the other, so that nothing is handed out twice. */
  #turn: Promise<void> = Promise.resolve()
  /** A look at the log that waits for its turn; whoever asks until then shares it. */
  #look: Promise<void> | null = null
  /** What that look is for; where so much was handed out by then, it is not needed. */
  #wanted = 0
  readonly #pool: pg.Pool
  readonly #log: Logger
  readonly #writer: LogWriter
  readonly #commits = new GroupCommit((group) => this.#inTurn(() => this.#commit(group)))
  #sink: BrokerSink | null = null
  #state: State = 'closed'
  #epoch = ''
  /** Newest offset that was handed to the sink. */
  #head = 0

  /** `neighbours` null: no other node writes to this log. */
  constructor(kind: string, pool: pg.Pool, log: Logger, neighbours: Neighbours | null) {
    this.kind = kind
    this.#pool = pool
    this.#log = log
    this.#neighbours = neighbours
    this.#writer = new LogWriter(pool, neighbours?.notify ?? false)
  }

  async start(sink: BrokerSink): Promise<void> {
    await openLog(this.#pool)
    if (await renewRestoredLog(this.#pool)) this.#log.warn('The log was restored from a dump; it has a new epoch')
    const { epoch, offset } = await readLogState(this.#pool)
    this.#sink = sink
    this.#epoch = epoch
    this.#head = offset
    sink.onHead({ epoch, offset })
    this.#state = 'open'
    if (this.#neighbours) this.#deaf = this.#neighbours.listen((offset) => this.#notice(offset))
  }

  append(append: Append): Promise<number> {
    return this.#state === 'open' ? this.#commits.add(append) : Promise.reject(notNow())
  }

  ok(): boolean {
    return this.#state === 'open'
  }

  async close(): Promise<void> {
    await this.#deaf()
    await this.#commits.idle()
    this.#state = 'closed'
    await this.#turn
    this.#writer.close()
  }

  catchUp(): Promise<void> {
    return this.#lookFor(Infinity)
  }

  #lookFor(offset: number): Promise<void> {
    this.#wanted = Math.max(this.#wanted, offset)
    this.#look ??= this.#inTurn(async () => {
      this.#look = null
      const wanted = this.#wanted
      this.#wanted = 0
      if (wanted <= this.#head) return
      if (this.#state !== 'open') throw notNow()
      await this.#handOutUpTo(Infinity)
    })
    return this.#look
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }

  /** Hands out what other nodes have written; the next look finds what a failed one has missed. */
  #notice(offset = Infinity): void {
    // This node's own commits are notified to it too.
    if (offset <= this.#head) return
    this.#lookFor(offset).catch((err: unknown) => this.#log.debug({ err }, 'The log could not be read'))
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    if (this.#state !== 'open') return refuse(group, notNow())
    try {
      const before = await this.#writer.write(group)
      if (before === null) return await this.#part(group)
      if (before.offset !== this.#head || before.epoch !== this.#epoch) await this.#handOutUpTo(before.offset)
      this.#handOut(group, before.offset)
    } catch (error) {
      this.#log.error({ err: error, publishes: group.length }, 'A commit to the log failed')
      refuse(
        group,
        new YayinError('unavailable', 'the log could not be written', { retryAfterSeconds: 2, cause: error }),
      )
      if (this.#state !== 'open') return
      this.#state = 'unsure'
      void this.#recover()
    }
  }

  /** Commits one by one what could not be written together, and refuses what can not be written by itself. */
  async #part(group: readonly Waiting[]): Promise<void> {
    if (group[0]!.scheduled !== undefined) return refuse(group, leftSchedule())
    if (group.length === 1) return refuse(group, keyTaken())
    for (const one of group) await this.#commit([one])
  }

  #handOut(group: readonly Waiting[], before: number): void {
    const entries: LogEntry[] = []
    for (const { messages } of group) {
      for (const source of messages) {
        const { channel, body, exclude } = source
        entries.push({ offset: before + entries.length + 1, channel, body, exclude, source })
      }
    }
    this.#head = before + entries.length
    this.#sink!.onEntries(entries)
    let first = before + 1
    for (const { messages, resolve } of group) {
      resolve(first)
      first += messages.length
    }
  }

  /** Asks the log, until it answers, what became of a commit; what is in it is delivered, whoever was told what. */
  async #recover(): Promise<void> {
    for (let attempt = 0; this.#state === 'unsure'; attempt++) {
      try {
        // Waits for a commit that is still under way in the database, whose fate would stay unknown.
        const { offset } = await readSettledLogState(this.#pool)
        await this.#handOutUpTo(offset)
        if (this.#state !== 'unsure') return
        this.#state = 'open'
        this.#log.info({ head: this.#head }, 'The log can be written again')
      } catch (error) {
        this.#log.debug({ err: error }, 'The log is still away')
        const pauseMs = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
      }
    }
  }

  /**
   * Hands out what is in the log after the head, at most up to `limit`: written by others, or by a commit of unknown fate.
   */
  async #handOutUpTo(limit: number): Promise<void> {
    for (;;) {
      const { epoch, head, trimmed, entries } = await readNext(this.#pool, this.#head)
      const end = Math.min(limit, head)
      if (epoch !== this.#epoch || end < this.#head) return this.#startOver(end)
      if (trimmed > this.#head) {
        // Some of it is gone already: connections have to come back, to be told of the gap.
        this.#head = Math.min(trimmed, end)
        this.#sink!.onHead({ epoch, offset: this.#head })
        continue
      }
      const own = entries.filter(({ offset }) => offset <= end)
      this.#head = own.at(-1)?.offset ?? end
      if (own.length > 0) this.#sink!.onEntries(own.map((entry) => ({ ...entry, source: null })))
      if (this.#head >= end) return
    }
  }

  /** Takes up another log in place of this one, from `head` on. */
  async #startOver(head: number): Promise<void> {
    // One that ends before what was handed out is an older copy of it: its next positions would be used twice.
    if (head < this.#head) await replaceEpoch(this.#pool, this.#epoch)
    const { epoch } = await readLogState(this.#pool)
    this.#log.warn({ head }, 'The log was replaced; clients are told of a gap')
    this.#epoch = epoch
    this.#head = head
    this.#sink!.onHead({ epoch, offset: head })
  }
}
