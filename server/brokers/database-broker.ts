import type pg from 'pg'
import type { Logger } from 'pino'
import { YayinError } from '../../shared/errors.ts'
import { openLog, readLogState, readPage, readSettledLogState, replaceEpoch } from '../store/log.ts'
import type { Append, Broker, BrokerSink, LogEntry } from './broker.ts'
import { GroupCommit, type Waiting } from './group-commit.ts'
import { LogWriter } from './log-writer.ts'

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
  /** Begins to call `onGrown` when another node may have written; returns how to stop. */
  listen(onGrown: () => void): () => Promise<void>
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
    const { epoch, offset } = await openLog(this.#pool)
    this.#sink = sink
    this.#epoch = epoch
    this.#head = offset
    sink.onHead({ epoch, offset })
    this.#state = 'open'
    if (this.#neighbours) this.#deaf = this.#neighbours.listen(() => this.#notice())
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
    this.#look ??= this.#inTurn(async () => {
      this.#look = null
      if (this.#state !== 'open') throw notNow()
      const { epoch, offset } = await readLogState(this.#pool)
      if (offset !== this.#head || epoch !== this.#epoch) await this.#handOutUpTo(offset)
    })
    return this.#look
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }

  /** Hands out what other nodes have written; the next look finds what a failed one has missed. */
  #notice(): void {
    this.catchUp().catch((err: unknown) => this.#log.debug({ err }, 'The log could not be read'))
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

  /** Hands out what is in the log after the head, up to `offset`: written by others, or by a commit of unknown fate. */
  async #handOutUpTo(offset: number): Promise<void> {
    // A log that ends before what was handed out is an older copy of it: its next positions would be used twice.
    if (offset < this.#head) await replaceEpoch(this.#pool, this.#epoch)
    const { epoch } = await readLogState(this.#pool)
    if (epoch !== this.#epoch) {
      this.#log.warn({ head: offset }, 'The log was replaced; clients are told of a gap')
      this.#epoch = epoch
      this.#head = offset
      this.#sink!.onHead({ epoch, offset })
    }
    while (this.#head < offset) {
      const page = await readPage(this.#pool, { after: this.#head, upTo: offset, patterns: ['**'] })
      if (page.trimmed > this.#head) {
        // Some of it is gone already: connections have to come back, to be told of the gap.
        this.#head = Math.min(page.trimmed, offset)
        this.#sink!.onHead({ epoch, offset: this.#head })
        continue
      }
      this.#head = page.through
      if (page.entries.length > 0) this.#sink!.onEntries(page.entries.map((entry) => ({ ...entry, source: null })))
    }
  }
}

function refuse(group: readonly Waiting[], error: YayinError): void {
  for (const { reject } of group) reject(error)
}

function leftSchedule(): YayinError {
  return new YayinError('conflict', 'a scheduled message was delivered or cancelled already')
}

function keyTaken(): YayinError {
  return new YayinError('conflict', 'a message was published with this key already')
}

function notNow(): YayinError {
  return new YayinError('unavailable', 'the log can not be written at the moment', { retryAfterSeconds: 1 })
}
