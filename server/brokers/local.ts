import type pg from 'pg'
import type { Logger } from 'pino'
import { YayinError } from '../../shared/errors.ts'
import { openLog, readLogState, readPage, readSettledLogState } from '../store/log.ts'
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

/** The broker of one process over its own database: the order is that of its commits. */
export class LocalBroker implements Broker {
  readonly kind = 'local'
  readonly #pool: pg.Pool
  readonly #log: Logger
  readonly #writer: LogWriter
  readonly #commits = new GroupCommit((group) => this.#commit(group))
  #sink: BrokerSink | null = null
  #state: State = 'closed'
  #epoch = ''
  /** Newest offset that was handed to the sink. */
  #head = 0

  constructor(pool: pg.Pool, log: Logger) {
    this.#pool = pool
    this.#log = log
    this.#writer = new LogWriter(pool)
  }

  async start(sink: BrokerSink): Promise<void> {
    const { epoch, offset } = await openLog(this.#pool)
    this.#sink = sink
    this.#epoch = epoch
    this.#head = offset
    sink.onHead({ epoch, offset })
    this.#state = 'open'
  }

  append(append: Append): Promise<number> {
    return this.#state === 'open' ? this.#commits.add(append) : Promise.reject(notNow())
  }

  ok(): boolean {
    return this.#state === 'open'
  }

  async close(): Promise<void> {
    await this.#commits.idle()
    this.#state = 'closed'
    this.#writer.close()
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    if (this.#state !== 'open') return refuse(group, notNow())
    try {
      const before = await this.#writer.write(group)
      if (before.offset !== this.#head || before.epoch !== this.#epoch) await this.#catchUp(before.offset)
      this.#handOut(group, before.offset)
    } catch (error) {
      this.#log.error({ err: error, publishes: group.length }, 'A commit to the log failed')
      refuse(
        group,
        new YayinError('unavailable', 'the log could not be written', { retryAfterSeconds: 2, cause: error }),
      )
      if (this.#state === 'open') this.#state = 'unsure'
      void this.#recover()
    }
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
        await this.#catchUp(offset)
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
  async #catchUp(offset: number): Promise<void> {
    const { epoch } = await readLogState(this.#pool)
    if (epoch !== this.#epoch) {
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

function notNow(): YayinError {
  return new YayinError('unavailable', 'the log can not be written at the moment', { retryAfterSeconds: 1 })
}
