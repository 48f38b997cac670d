import type pg from 'pg'
import type { Logger } from 'pino'
import type { LiveSettings } from '../../shared/settings.ts'
import { openLog, readAnswer, readPage, startOfNewest, sweepAnswers, trimStep } from '../store/log.ts'
import type { History, KeptAnswer, LogPage, LogQuery } from './broker.ts'

const HOUR_MS = 3_600_000
/** How often the log is looked over for messages that may go. */
const TRIM_EVERY_MS = 1000
/** Pause between two steps, which leaves the database to publishes and replays. */
const STEP_PAUSE_MS = 10
const SWEEP_ANSWERS_MS = 60_000
/** How long kept answers stay; somewhat longer than they are good for. */
const ANSWERS_TTL_MS = 360_000

/** The log's past in Postgres, and its trimming by age and number in the background. */
export class DatabaseHistory implements History {
  readonly #pool: pg.Pool
  readonly #settings: LiveSettings
  readonly #log: Logger
  #trimmed = 0
  #stopped = false
  #working: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #sweptAtMs = 0

  constructor(pool: pg.Pool, settings: LiveSettings, log: Logger) {
    this.#pool = pool
    this.#settings = settings
    this.#log = log
  }

  /** Learns how far the log is trimmed and begins to trim; a changed limit is acted upon within a second. */
  async start(): Promise<void> {
    this.#trimmed = (await openLog(this.#pool)).trimmed
    this.#schedule()
  }

  /** Stops after the step that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#working
  }

  async page(query: LogQuery): Promise<LogPage> {
    const { entries, through, trimmed } = await readPage(this.#pool, query)
    return { entries: entries.map((entry) => ({ ...entry, source: null })), through, trimmed }
  }

  startOfNewest(query: LogQuery, count: number): Promise<number | null> {
    return startOfNewest(this.#pool, query, count)
  }

  trimmed(): number {
    return this.#trimmed
  }

  searchable(): Promise<void> {
    return Promise.resolve()
  }

  answer(key: string): Promise<KeptAnswer | null> {
    return readAnswer(this.#pool, key)
  }

  #schedule(): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.#working = this.#work().finally(() => this.#schedule())
    }, TRIM_EVERY_MS).unref()
  }

  async #work(): Promise<void> {
    try {
      await this.#trim()
      await this.#sweep()
    } catch (error) {
      this.#log.debug({ err: error }, 'The log could not be trimmed')
    }
  }

  async #trim(): Promise<void> {
    for (let more = true; more && !this.#stopped;) {
      const { history_ttl, history_max_messages } = this.#settings.values
      const limits = { beforeMs: Date.now() - history_ttl * HOUR_MS, keep: history_max_messages }
      const step = await trimStep(this.#pool, limits)
      this.#trimmed = step.trimmed
      more = step.more
      if (more) await new Promise((resolve) => setTimeout(resolve, STEP_PAUSE_MS))
    }
  }

  async #sweep(): Promise<void> {
    const nowMs = Date.now()
    if (nowMs - this.#sweptAtMs < SWEEP_ANSWERS_MS) return
    this.#sweptAtMs = nowMs
    await sweepAnswers(this.#pool, nowMs - ANSWERS_TTL_MS)
  }
}
