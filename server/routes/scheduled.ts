import type { Router } from 'express'
import { wrongCursor, YayinError } from '../../shared/errors.ts'
import {
  cancelScheduled,
  listScheduled,
  MAX_SCHEDULE_DAYS,
  MAX_SCHEDULED,
  type ScheduledMessage,
  type ScheduledReceipt,
} from '../../shared/scheduled.ts'
import type { LiveSettings } from '../../shared/settings.ts'
import { actorOf, type Caller } from '../auth/caller.ts'
import { may } from '../auth/policy.ts'
import { type Draft, encodeDraft } from '../hub/message.ts'
import type { EventLog } from '../store/event-log.ts'
import type { ScheduledCursor, ScheduledRow, ScheduledTable } from '../store/scheduled.ts'
import { defineRoute, type RouteDeps } from './http.ts'

const DAY_MS = 86_400_000

/** How a publisher wants messages to be put off. */
export interface ScheduleOptions {
  /** ISO 8601. */
  deliverAt: string
  ephemeral: boolean
  exclude?: string | undefined
  /** The publishing user's `sub`; null for keys and admins. */
  from: string | null
  actor: string
  /** SHA-256 of caller and Idempotency-Key, hex; null for none. */
  key: string | null
}

/** Keeps messages, which their publisher may publish, until their time; resolves once they are durable. */
export type Schedule = (drafts: readonly Draft[], options: ScheduleOptions) => Promise<ScheduledReceipt[]>

interface ScheduleDeps {
  scheduled: ScheduledTable
  /** Hears of what was scheduled. */
  noteScheduled: (deliverAt: Date) => void
  eventLog: EventLog
}

/** Creates the one function behind `POST /api/broadcast?deliverAt=`. */
export function createSchedule({ scheduled, noteScheduled, eventLog }: ScheduleDeps): Schedule {
  return async (drafts, options) => {
    const { from: sender, actor, key } = options
    const deliverAt = readTime(options)
    const messages = drafts.map((draft) => ({ channel: draft.channel, message: encodeDraft(draft) }))
    const rows = await scheduled.add({ messages, sender, scheduledBy: actor, deliverAt, key }, MAX_SCHEDULED)
    if (rows === null) {
      throw new YayinError('conflict', `at most ${MAX_SCHEDULED} messages of one publisher may wait for their time`)
    }
    noteScheduled(deliverAt)
    const first = rows[0]!
    const data = { scheduledId: first.id, channel: first.channel, count: rows.length, deliverAt: options.deliverAt }
    eventLog.record({ level: 'info', type: 'schedule', message: 'Message scheduled', data, actor })
    return rows.map(receiptOf)
  }
}

/** Adds the list of what waits for its time, and its cancelling. */
export function scheduledRoutes(router: Router, deps: RouteDeps & Omit<ScheduleDeps, 'noteScheduled'>): void {
  const { scheduled, settings, eventLog } = deps

  defineRoute(
    router,
    listScheduled,
    async ({ caller, query: { channel, limit, cursor } }) => {
      const scheduledBy = seesAll(caller, settings) ? null : knownActor(caller)
      const after = cursor === undefined ? null : readCursor(cursor)
      const rows = await scheduled.list({ scheduledBy, channel, after, limit: limit + 1 })
      const page = rows.slice(0, limit)
      return { items: page.map(describe), nextCursor: rows.length > limit ? cursorOf(page.at(-1)!) : null }
    },
    deps,
  )

  defineRoute(
    router,
    cancelScheduled,
    async ({ caller, params: { id } }) => {
      const actor = knownActor(caller)
      const row = await scheduled.find(id)
      if (row === null || !(row.scheduledBy === actor || seesAll(caller, settings))) throw notThere(id)
      const decision = may(caller, { kind: 'administer' }, settings.values)
      if (row.scheduledBy !== actor && !decision.allowed) throw new YayinError(decision.code, decision.detail)
      if (!(await scheduled.remove(id))) throw notThere(id)
      const data = { scheduledId: id, channel: row.channel, deliverAt: row.deliverAt, scheduledBy: row.scheduledBy }
      const message = 'Scheduled message cancelled'
      eventLog.record({ level: 'info', type: 'schedule_cancelled', message, data, actor })
    },
    deps,
  )
}

function readTime({ deliverAt: text, ephemeral, exclude }: ScheduleOptions): Date {
  if (ephemeral) throw invalid('ephemeral', 'an ephemeral message is never kept, so it can not wait for deliverAt')
  if (exclude !== undefined) throw invalid('exclude', 'a connection of now can not be excluded from what comes later')
  const deliverAt = new Date(text)
  const nowMs = Date.now()
  const shown = text.slice(0, 50)
  if (!(deliverAt.getTime() > nowMs)) {
    throw invalid('deliverAt', `${shown} is over already; it is ${new Date(nowMs).toISOString()}`)
  }
  if (deliverAt.getTime() > nowMs + MAX_SCHEDULE_DAYS * DAY_MS) {
    throw invalid('deliverAt', `${shown} is more than ${MAX_SCHEDULE_DAYS} days away`)
  }
  return deliverAt
}

function seesAll(caller: Caller, { values }: Pick<LiveSettings, 'values'>): boolean {
  return may(caller, { kind: 'view' }, values).allowed
}

function knownActor(caller: Caller): string {
  if (caller.kind !== 'anonymous') return actorOf(caller)
  throw new YayinError('unauthorized', 'Only whoever has scheduled messages, and admins, may see or cancel them.')
}

function receiptOf({ id, channel, deliverAt }: Pick<ScheduledRow, 'id' | 'channel' | 'deliverAt'>): ScheduledReceipt {
  return { scheduledId: id, channel, deliverAt: deliverAt.toISOString() }
}

function describe(row: ScheduledRow): ScheduledMessage {
  const { type, ...fields } = JSON.parse(row.message) as { type: string }
  return {
    ...receiptOf(row),
    type,
    ...(row.sender !== null && { from: row.sender }),
    scheduledBy: row.scheduledBy,
    scheduledAt: row.createdAt.toISOString(),
    fields,
  }
}

function cursorOf({ deliverAt, seq }: ScheduledRow): string {
  return `${deliverAt.getTime()}.${seq}`
}

function readCursor(text: string): ScheduledCursor {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(text)
  if (match === null) throw wrongCursor(text)
  return { deliverAt: new Date(Number(match[1])), seq: Number(match[2]) }
}

function notThere(id: string): YayinError {
  return new YayinError(
    'not_found',
    `No scheduled message ${JSON.stringify(id.slice(0, 50))} waits; it may be delivered.`,
  )
}

function invalid(path: string, message: string): YayinError {
  return new YayinError('invalid', `query ${path}: ${message}`, { errors: [{ path, message }] })
}
