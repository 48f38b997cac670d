import type pg from 'pg'
import type { Logger } from 'pino'
import { appendArchive, type ArchiveState, leaseArchive, releaseArchive } from '../store/archive-log.ts'
import { openLog } from '../store/log.ts'
import { archiveRowOf } from './archive-row.ts'
import type { LogEntry } from './broker.ts'
import type { EngineLog, EnginePage } from './engine-log.ts'

/** How often the archive is brought up to date. */
const WORK_EVERY_MS = 200
/** How often a node that has nothing to archive asks whose turn it is, and how far the others have come. */
const ASK_EVERY_MS = 1000
/** How often it is looked whether the archive has come as far as somebody waits for. */
const REACH_EVERY_MS = 20
/** Entries that are archived in one commit. */
const STEP = 1000

export interface ArchiverParts {
  node: string
  pool: pg.Pool
  engine: Pick<EngineLog, 'read'>
  /** Newest offset that was handed out here. */
  head: () => number
  log: Logger
}

/**
 * Copies an engine's log into the database, in its order: one node at a time, which holds a right that ends five seconds
 * after its last sign of life. The archive's end is moved by the commit that brings the rows, so that nothing is lost or
 * there twice whoever dies when.
 */
export class Archiver {
  readonly #parts: ArchiverParts
  #state: ArchiveState = { head: 0, trimmed: 0 }
  #isMine = false
  #askedAtMs = -Infinity
  #timer: NodeJS.Timeout | undefined
  #working: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(parts: ArchiverParts) {
    this.#parts = parts
  }

  /** Where the archive stands, as last known; it may have come further. */
  get state(): Readonly<ArchiveState> {
    return this.#state
  }

  /** Whether it is this node that archives. */
  get isMine(): boolean {
    return this.#isMine
  }

  /** Learns where the archive stands, and begins to work. */
  async start(): Promise<void> {
    await openLog(this.#parts.pool)
    await this.ask()
    this.#schedule()
  }

  /** Archives what is there, and gives the right to do so back. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#workNow()
    if (this.#isMine) await releaseArchive(this.#parts.pool, this.#parts.node).catch(() => undefined)
  }

  /** Asks the database where the archive stands, and for the right to go on with it. */
  async ask(): Promise<void> {
    this.#askedAtMs = performance.now()
    const { isMine, head, trimmed } = await leaseArchive(this.#parts.pool, this.#parts.node)
    this.#isMine = isMine
    this.#state = { head, trimmed }
  }

  /** Waits, for so long at most, until everything that was handed out here until now is archived. */
  async reach(timeoutMs: number): Promise<void> {
    const goal = this.#parts.head()
    const deadlineMs = performance.now() + timeoutMs
    while (this.#state.head < goal && !this.#stopped && performance.now() < deadlineMs) {
      if (this.#isMine) await this.#workNow()
      else await this.ask().catch(() => undefined)
      if (this.#state.head < goal) await new Promise((resolve) => setTimeout(resolve, REACH_EVERY_MS))
    }
  }

  /** Takes in that messages were trimmed. */
  noteTrimmed(trimmed: number): void {
    this.#state = { ...this.#state, trimmed }
  }

  #schedule(): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => void this.#workNow().finally(() => this.#schedule()), WORK_EVERY_MS).unref()
  }

  /** One round at a time: two would read the same. */
  #workNow(): Promise<void> {
    this.#working = this.#working.then(() => this.#work())
    return this.#working
  }

  async #work(): Promise<void> {
    try {
      if (performance.now() - this.#askedAtMs > ASK_EVERY_MS) await this.ask()
      while (this.#isMine && this.#state.head < this.#parts.head()) await this.#step()
    } catch (error) {
      // The right may have passed to another node meanwhile; the next round asks.
      this.#isMine = false
      this.#parts.log.debug({ err: error }, 'The log could not be archived')
    }
  }

  async #step(): Promise<void> {
    const { node, pool, engine, head, log } = this.#parts
    const upTo = head()
    const from = this.#state
    const { entries, state } = await engine.read(from.head, STEP)
    // What was not handed out yet, the engine may still take back.
    const page = { entries: entries.filter(({ offset }) => offset <= upTo), state }
    const { to, lost } = archiveTo(from, page, upTo)
    if (lost > 0) {
      const range = { after: from.head, through: to.trimmed }
      log.error(range, 'Messages left the broker before they were archived: history has a gap')
    }
    const rows = archivable(page.entries, log)
    const isDone = await appendArchive(pool, { node, epoch: state.epoch, from, to, rows })
    if (isDone) this.#state = to
    else await this.ask()
  }
}

/**
 * Decides how far a page of entries up to `upTo` brings the archive; `lost` is how many offsets left the
 * engine too soon, and may have been messages.
 */
export function archiveTo(
  from: ArchiveState,
  { entries, state }: EnginePage,
  upTo: number,
): { to: ArchiveState; lost: number } {
  const lost = Math.max(0, state.trimmed - Math.max(from.head, state.floor))
  const trimmed = lost > 0 ? state.trimmed : from.trimmed
  // A page without entries: what lies between belongs to no message.
  const head = entries.at(-1)?.offset ?? Math.max(from.head, upTo, state.trimmed)
  return { to: { head, trimmed }, lost }
}

/** A text that can't be read, which somebody else must have put there, must not stop the archive for good. */
function archivable(entries: readonly LogEntry[], log: Logger) {
  return entries.flatMap((entry) => {
    try {
      return [archiveRowOf(entry)]
    } catch (err) {
      log.error({ err, offset: entry.offset }, 'A message in the broker can not be read, and is not archived')
      return []
    }
  })
}
