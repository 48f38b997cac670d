import type { Logger } from 'pino'
import { YayinError } from '../shared/errors.ts'
import { parseExact } from '../shared/exact-json.ts'
import { type Draft, readDraft } from './hub/message.ts'
import type { Publisher } from './hub/publisher.ts'
import type { EventLog } from './store/event-log.ts'
import type { ScheduledRow, ScheduledTable } from './store/scheduled.ts'

/** Longest time without a look at the schedule: another node may have died with what it meant to deliver. */
const POLL_MS = 5000
/** Pause before the schedule is looked at again when the database or the log was away. */
const RETRY_MS = 1000
/** Most messages that are read, and appended together. */
const PAGE = 100

export interface SchedulerParts {
  table: Pick<ScheduledTable, 'due' | 'next' | 'remove'>
  publisher: Pick<Publisher, 'publish'>
  eventLog: EventLog
  log: Logger
}

export interface Scheduler {
  /** Publishes what came due while the server was away, oldest first, and then each message at its time. */
  start(): void
  /** Says that a message was scheduled. */
  note(deliverAt: Date): void
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>
}

/**
 * Publishes scheduled messages when they are due. Every node does so for all of them; the commit that appends a message
 * takes it out of the schedule, so that it is published once.
 */
export function createScheduler({ table, publisher, eventLog, log }: SchedulerParts): Scheduler {
  let timer: NodeJS.Timeout | undefined
  let wakeAtMs = Infinity
  let state: 'idle' | 'waiting' | 'working' | 'stopped' = 'idle'
  let working: Promise<void> = Promise.resolve()

  function wakeAt(atMs: number): void {
    clearTimeout(timer)
    wakeAtMs = atMs
    timer = setTimeout(work, Math.max(0, atMs - Date.now())).unref()
  }

  function work(): void {
    state = 'working'
    wakeAtMs = Infinity
    working = deliverDue()
      .catch((err: unknown) => {
        log.debug({ err }, 'The schedule could not be worked off')
        return Date.now() + RETRY_MS
      })
      .then((nextMs) => {
        if (state === 'stopped') return
        state = 'waiting'
        // What was scheduled meanwhile may be due sooner.
        wakeAt(Math.min(nextMs, wakeAtMs, Date.now() + POLL_MS))
      })
  }

  /** Resolves with the time of the next message, in epoch milliseconds. */
  async function deliverDue(): Promise<number> {
    while (state === 'working') {
      const due = await table.due(new Date(), PAGE)
      if (due.length === 0) break
      for (const run of runsOf(due)) if (!(await deliver(run))) break
    }
    return (await table.next())?.getTime() ?? Infinity
  }

  /** False when the schedule has changed meanwhile. */
  async function deliver(run: readonly ScheduledRow[]): Promise<boolean> {
    const readable = await read(run)
    if (readable === null) return false
    const scheduled = run.map(({ id }) => id)
    const { sender, scheduledBy } = run[0]!
    try {
      const receipts = await publisher.publish(readable, { from: sender, scheduled })
      const { id, channel, recipients } = receipts[0]!
      const data = { id, channel, recipients, count: receipts.length, scheduledIds: scheduled.slice(0, 20) }
      const message = 'Scheduled message published'
      eventLog.record({ level: 'info', type: 'broadcast', message, data, actor: scheduledBy })
      return true
    } catch (error) {
      if (error instanceof YayinError && error.code === 'conflict') return false
      throw error
    }
  }

  /** Null when one of them can not be published any more; that one is dropped, so that it does not hold up the rest. */
  async function read(run: readonly ScheduledRow[]): Promise<Draft[] | null> {
    const drafts: Draft[] = []
    for (const { id, channel, message, scheduledBy } of run) {
      try {
        drafts.push(readDraft(parseExact(message), channel))
      } catch (err) {
        log.error({ err, scheduledId: id }, 'A scheduled message can not be published')
        const text = 'Scheduled message dropped: it can not be published any more'
        const data = { scheduledId: id, channel }
        eventLog.record({ level: 'error', type: 'schedule_dropped', message: text, data, actor: scheduledBy })
        await table.remove(id)
        return null
      }
    }
    return drafts
  }

  return {
    start: work,
    note(deliverAt) {
      const atMs = deliverAt.getTime()
      if (state === 'working') wakeAtMs = Math.min(wakeAtMs, atMs)
      else if (state === 'waiting' && atMs < wakeAtMs) wakeAt(atMs)
    },
    async stop() {
      state = 'stopped'
      clearTimeout(timer)
      await working
    },
  }
}

/** Parts messages, in their order, into runs of one publisher, which are appended together. */
function runsOf(rows: readonly ScheduledRow[]): ScheduledRow[][] {
  const runs: ScheduledRow[][] = []
  for (const row of rows) {
    const run = runs.at(-1)
    if (run?.[0]?.scheduledBy === row.scheduledBy) run.push(row)
    else runs.push([row])
  }
  return runs
}
