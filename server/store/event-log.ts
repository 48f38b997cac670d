import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { LogRecord } from '../../shared/api.ts'
import { backoffMs } from './backoff.ts'
import type { Db } from './database.ts'
import { fitData, fitText } from './log-data.ts'
import { createFloodControl, type LogEvent } from './log-flood.ts'
import { createLogIds } from './log-ids.ts'
import {
  countRecords,
  insertRecords,
  listRecords,
  listTypes,
  type LogFilter,
  type LogQuery,
  removeRecords,
} from './log-table.ts'

export type { LogEvent } from './log-flood.ts'

/** Takes note of what happens. */
export interface EventLog {
  /** Never throws, never waits. */
  record(event: LogEvent): void
}

/** The event log in the database. */
export interface StoredEventLog extends EventLog {
  /** Lists entries, newest first, those that were recorded before included. */
  list(query: LogQuery): Promise<{ logs: LogRecord[]; nextCursor: string | null }>
  /** Counts entries, with `before` those that are older, and lists the types that there are. */
  count(filter: LogFilter & { before?: string | undefined }): Promise<{ count: number; types: string[] }>
  /** Removes what is older than `before`, or all, and notes who did; returns how many entries. */
  clear(query: { before: Date | null; actor: string }): Promise<number>
  /** Resolves once everything recorded so far is written; rejects when it can't be. */
  flush(): Promise<void>
  /** Stops, after one last attempt to write what is left. */
  close(): Promise<void>
}

interface Options {
  db: Db
  /** Name of this node. */
  node: string
  log: Logger
  /** How long entries are kept. */
  retentionDays: () => number
  /** Hears of fresh entries at once, whether the database is there or not. */
  onRecord?: (records: LogRecord[]) => void
}

const FLUSH_EVERY_MS = 1000
const BATCH = 500
const MAX_WAITING = 10_000
const SUM_EVERY_MS = 1000
const TRIM_EVERY_MS = 60_000
const DAY_MS = 86_400_000
/** How long the last attempt may hold up the end of the process. */
const CLOSE_TIMEOUT_MS = 3000

/** Creates the event log. Entries wait in memory, 10,000 at most, until they are written together. */
export function createEventLog({ db, node, log, retentionDays, onRecord }: Options): StoredEventLog {
  const flood = createFloodControl()
  const nextId = createLogIds(node)
  let waiting: LogRecord[] = []
  let dropped = 0
  let failures = 0
  let writing: Promise<void> | null = null
  let flushTimer: NodeJS.Timeout | null = null
  let trimming = false
  let closed = false

  function record(event: LogEvent): void {
    try {
      if (flood.admits(event)) add(event)
    } catch (err) {
      log.error({ err, type: event.type }, 'Cannot record an event')
    }
  }

  function add({ level, type, message, data, actor }: LogEvent): void {
    const now = Date.now()
    const entry: LogRecord = {
      id: nextId(now),
      timestamp: new Date(now).toISOString(),
      level,
      type: fitText(type),
      message: fitText(message),
      data: fitData(data),
      actor: actor === undefined ? null : fitText(actor),
      node,
    }
    waiting.push(entry)
    dropBeyondBound()
    schedule(waiting.length >= BATCH ? 0 : FLUSH_EVERY_MS)
    onRecord?.([entry])
  }

  /** Drops a batch at once, since removing the first of many entries one by one is slow. */
  function dropBeyondBound(): void {
    if (waiting.length <= MAX_WAITING) return
    waiting.splice(0, BATCH)
    dropped += BATCH
  }

  function schedule(delayMs: number): void {
    if (closed || writing !== null) return
    if (flushTimer !== null) {
      if (delayMs > 0 || failures > 0) return
      clearTimeout(flushTimer)
    }
    flushTimer = setTimeout(() => void write().catch(() => {}), delayMs).unref()
  }

  /** Writes what waits, one batch after another; one run at a time. Rejects when the database is away. */
  function write(): Promise<void> {
    if (flushTimer !== null) clearTimeout(flushTimer)
    flushTimer = null
    writing ??= writeAll().finally(() => {
      writing = null
      if (waiting.length > 0) schedule(failures > 0 ? backoffMs(failures - 1) : FLUSH_EVERY_MS)
    })
    return writing
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH)
      try {
        await insertRecords(db, batch)
      } catch (err) {
        if (failures++ === 0) log.warn({ err }, 'Cannot write the event log; trying again')
        throw err
      }
      failures = 0
      // The bound may have dropped some of them meanwhile.
      const written = new Set(batch)
      waiting = waiting.filter((entry) => !written.has(entry))
      reportDropped()
    }
  }

  function reportDropped(): void {
    if (dropped === 0) return
    const count = dropped
    dropped = 0
    const message = 'Entries of the event log were dropped while the database was away'
    add({ level: 'warn', type: 'log_dropped', message, data: { count }, actor: 'system' })
  }

  async function trim(): Promise<void> {
    if (trimming) return
    trimming = true
    try {
      await remove(new Date(Date.now() - retentionDays() * DAY_MS))
    } catch (err) {
      log.debug({ err }, 'Cannot trim the event log now')
    } finally {
      trimming = false
    }
  }

  async function remove(before: Date | null): Promise<number> {
    let total = 0
    let more = true
    while (more && !closed) {
      const step = await removeRecords(db, before)
      total += step.removed
      more = step.more
    }
    return total
  }

  async function flush(): Promise<void> {
    for (const entry of flood.sums()) add(entry)
    await writeWaiting()
  }

  async function writeWaiting(): Promise<void> {
    // A run under way may already be past the newest entries.
    if (writing !== null) await writing
    await write()
  }

  const sumTimer = setInterval(() => flood.sums().forEach(add), SUM_EVERY_MS).unref()
  const trimTimer = setInterval(() => void trim(), TRIM_EVERY_MS).unref()

  return {
    record,
    flush,

    async list(query) {
      await writeWaiting()
      return listRecords(db, query)
    },

    async count(filter) {
      await writeWaiting()
      return { count: await countRecords(db, filter), types: await listTypes(db) }
    },

    async clear({ before, actor }) {
      await flush()
      const count = await remove(before)
      const data = { count, before: before?.toISOString() ?? null }
      record({ level: 'warn', type: 'logs_cleared', message: 'The event log was cleared', data, actor })
      return count
    },

    async close() {
      clearInterval(sumTimer)
      clearInterval(trimTimer)
      await Promise.race([flush().catch(() => {}), delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })])
      closed = true
      if (waiting.length > 0) log.warn({ lost: waiting.length }, 'Entries of the event log could not be written')
      if (flushTimer !== null) clearTimeout(flushTimer)
    },
  }
}
