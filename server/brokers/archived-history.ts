import type pg from 'pg'
import type { Logger } from 'pino'
import { matches } from '../../shared/channel.ts'
import type { LiveSettings } from '../../shared/settings.ts'
import { trimArchive } from '../store/archive-log.ts'
import { readPage, startOfNewest } from '../store/log.ts'
import type { Archiver } from './archiver.ts'
import type { History, KeptAnswer, LogPage, LogQuery } from './broker.ts'
import type { EngineLog } from './engine-log.ts'

const HOUR_MS = 3_600_000
/** How often the history is looked over for messages that may go. */
const TRIM_EVERY_MS = 1000
/** Counting what is kept takes a moment, where it is much: the pause after it is this many times as long, at least. */
const TRIM_REST = 20
const STEP_PAUSE_MS = 10
/** How long a search waits for the archive. */
const SEARCHABLE_MS = 1000
const PAGE = 256
/** Entries looked through at a time when counting without the database. */
const SCAN = 1000

export interface ArchivedHistoryParts {
  pool: pg.Pool
  engine: Pick<EngineLog, 'read' | 'trim' | 'answer'>
  archiver: Archiver
  settings: LiveSettings
  /** Whether the database is there. */
  isStoreThere: () => boolean
  log: Logger
}

/**
 * The past of an engine's log: from the archive as far as that has come, since the database finds a channel's messages
 * without reading all others; the rest, and everything while the database is away, from the engine. What history's
 * limits let go leaves the archive first and the engine then, so that nothing leaves the engine before it is archived.
 */
export class ArchivedHistory implements History {
  readonly #parts: ArchivedHistoryParts
  #lost = 0
  #stopped = false
  #timer: NodeJS.Timeout | undefined
  #working: Promise<void> = Promise.resolve()
  #deaf: () => void = () => undefined

  constructor(parts: ArchivedHistoryParts) {
    this.#parts = parts
  }

  /** Begins to archive, and to trim. */
  async start(): Promise<void> {
    await this.#parts.archiver.start()
    // A changed limit is acted upon at once.
    this.#deaf = this.#parts.settings.onChange((key) => {
      if (key.startsWith('history_')) this.#schedule(0)
    })
    this.#schedule()
  }

  /** Stops after the step that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#deaf()
    clearTimeout(this.#timer)
    await this.#working
    await this.#parts.archiver.stop()
  }

  trimmed(): number {
    return Math.max(this.#parts.archiver.state.trimmed, this.#lost)
  }

  searchable(): Promise<void> {
    return this.#parts.archiver.reach(SEARCHABLE_MS)
  }

  answer(key: string): Promise<KeptAnswer | null> {
    return this.#parts.engine.answer(key)
  }

  async page(query: LogQuery): Promise<LogPage> {
    if (this.#isArchived(query.after)) return this.#archivedPage(query)
    const page = await this.#enginePage(query)
    if (page.trimmed <= query.after) return page
    // It has left the engine meanwhile: then it is archived, or the archive was too far behind.
    await this.#parts.archiver.ask()
    if (this.#isArchived(query.after)) return this.#archivedPage(query)
    this.#lost = page.trimmed
    return page
  }

  async startOfNewest(query: LogQuery, count: number): Promise<number | null> {
    const { head } = this.#parts.archiver.state
    const isArchived = this.#isArchived(query.after)
    const tail = await this.#offsets({ ...query, after: isArchived ? Math.max(head, query.after) : query.after })
    if (tail.length > count) return tail.at(-1 - count)!
    if (!isArchived) return null
    return startOfNewest(this.#parts.pool, { ...query, upTo: Math.min(query.upTo, head) }, count - tail.length)
  }

  #isArchived(after: number): boolean {
    return after < this.#parts.archiver.state.head && this.#parts.isStoreThere()
  }

  async #archivedPage(query: LogQuery): Promise<LogPage> {
    const upTo = Math.min(query.upTo, this.#parts.archiver.state.head)
    const page = await readPage(this.#parts.pool, { ...query, upTo })
    return { ...page, entries: page.entries.map((entry) => ({ ...entry, source: null })) }
  }

  async #enginePage({ after, upTo }: LogQuery): Promise<LogPage> {
    const { entries, state } = await this.#parts.engine.read(after, PAGE)
    const wanted = entries.filter(({ offset }) => offset <= upTo)
    const isWhole = entries.length === 0 || wanted.length < entries.length
    // What lies before the epoch's beginning has not left the engine: it never was there under these positions.
    const trimmed = state.trimmed > Math.max(after, state.floor) ? state.trimmed : 0
    return { entries: wanted, through: isWhole ? upTo : wanted.at(-1)!.offset, trimmed }
  }

  /** Offsets of what matches, read through the engine. */
  async #offsets({ after, upTo, patterns }: LogQuery): Promise<number[]> {
    const found: number[] = []
    for (let from = after; from < upTo;) {
      const { entries } = await this.#parts.engine.read(from, SCAN)
      for (const { offset, channel } of entries) {
        if (offset <= upTo && patterns.some((pattern) => matches(pattern, channel))) found.push(offset)
      }
      from = entries.at(-1)?.offset ?? upTo
    }
    return found
  }

  #schedule(inMs = TRIM_EVERY_MS): void {
    if (this.#stopped) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const startedAtMs = performance.now()
      const restMs = () => Math.max(TRIM_EVERY_MS, TRIM_REST * (performance.now() - startedAtMs))
      this.#working = this.#working.then(() => this.#trim()).finally(() => this.#schedule(restMs()))
    }, inMs).unref()
  }

  async #trim(): Promise<void> {
    const { archiver, pool, engine, settings, log } = this.#parts
    if (!archiver.isMine) return
    try {
      for (let more = true; more && !this.#stopped;) {
        const { history_ttl, history_max_messages } = settings.values
        const limits = { beforeMs: Date.now() - history_ttl * HOUR_MS, keep: history_max_messages }
        const step = await trimArchive(pool, limits)
        archiver.noteTrimmed(step.trimmed)
        more = step.more
        if (more) await new Promise((resolve) => setTimeout(resolve, STEP_PAUSE_MS))
      }
      await engine.trim(archiver.state.trimmed)
    } catch (error) {
      log.debug({ err: error }, 'History could not be trimmed')
    }
  }
}
