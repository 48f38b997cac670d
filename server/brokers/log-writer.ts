import { nanoid } from 'nanoid'
import type pg from 'pg'
import type { Position } from '../../shared/protocol.ts'
import { appendScheduled } from '../store/append-scheduled.ts'
import { type AppendOptions, appendMessages, type KeptAnswer, type LogRow } from '../store/log.ts'
import type { Waiting } from './group-commit.ts'

/** How long one commit may take before its fate counts as unknown. */
const COMMIT_TIMEOUT_MS = 10_000

/** Writes groups of appends over a connection of its own, so that no search or replay stands in a commit's way. */
export class LogWriter {
  readonly #pool: pg.Pool
  readonly #notify: boolean
  #client: pg.PoolClient | null = null
  #options: AppendOptions = {}
  /** Whether the database knows a statement again by its name. */
  #keepsNames = true

  /** `notify`: tell the other nodes of each commit. */
  constructor(pool: pg.Pool, notify: boolean) {
    this.#pool = pool
    this.#notify = notify
  }

  /**
   * Commits a group; returns the offset before its first message, or null when nothing was written: it was of scheduled
   * messages that are not all in the schedule any more, or somebody has published with one of its keys. After a rejection its fate may be unknown.
   */
  async write(group: readonly Waiting[]): Promise<Position | null> {
    const client = (this.#client ??= await this.#connect())
    const scheduled = group[0]?.scheduled
    try {
      const written =
        scheduled === undefined
          ? this.#append(client, group)
          : appendScheduled(client, rowsOf(group), scheduled, this.#notify)
      return await within(COMMIT_TIMEOUT_MS, written)
    } catch (error) {
      this.#drop(error)
      throw error
    }
  }

  async #append(client: pg.PoolClient, group: readonly Waiting[]): Promise<Position | null> {
    const { statementName, ...unnamed } = this.#options
    try {
      return await appendMessages(client, rowsOf(group), answersOf(group), this.#options)
    } catch (error) {
      if (statementName === undefined || !isNameLost(error)) throw error
      // Nothing was written. A pooler hands out sessions as it likes, and names stay in theirs.
      this.#keepsNames = false
      this.#options = unnamed
      return appendMessages(client, rowsOf(group), answersOf(group), unnamed)
    }
  }

  close(): void {
    this.#client?.release()
    this.#client = null
  }

  async #connect(): Promise<pg.PoolClient> {
    const client = await this.#pool.connect()
    // A connection that dies between two commits says so by an event, which must not end the process.
    client.on('error', (error) => {
      if (this.#client === client) this.#drop(error)
    })
    // Parsing and planning are a third of what a small commit costs. Clients may share a session, and so the names: the
    // embedded database's do, and those of a pooler.
    this.#options = { notify: this.#notify, ...(this.#keepsNames && { statementName: `append_${nanoid(10)}` }) }
    return client
  }

  #drop(error: unknown): void {
    const client = this.#client
    this.#client = null
    client?.release(error instanceof Error ? error : true)
  }
}

/** Tells whether a statement failed because its name is not there (26000), or is somebody else's already (42P05). */
function isNameLost(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '26000' || error.code === '42P05')
}

function rowsOf(group: readonly Waiting[]): LogRow[] {
  return group.length === 1 ? [...group[0]!.messages] : group.flatMap(({ messages }) => messages)
}

function answersOf(group: readonly Waiting[]): KeptAnswer[] {
  const answers: KeptAnswer[] = []
  let first = 0
  for (const { messages, idempotent } of group) {
    if (idempotent) answers.push({ ...idempotent, first, count: messages.length })
    first += messages.length
  }
  return answers
}

async function within<T>(timeoutMs: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer from the database for ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    return await Promise.race([promise, timeout])
  } finally {
    clearTimeout(timer)
  }
}
