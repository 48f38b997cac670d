import { z } from 'zod'
import { id, isoTime, nextCursor, operation, paging, pattern } from './operation.ts'

/** Farthest into the future that a message may be scheduled, in days. */
export const MAX_SCHEDULE_DAYS = 30

/** Most messages of one publisher that may wait at the same time. */
export const MAX_SCHEDULED = 10_000

/** What a publisher gets for a message that waits for its time. */
export const scheduledReceiptSchema = z.object({
  scheduledId: z.string(),
  channel: z.string(),
  deliverAt: isoTime,
})
export type ScheduledReceipt = z.infer<typeof scheduledReceiptSchema>

const scheduledMessageSchema = scheduledReceiptSchema.extend({
  type: z.string(),
  /** The publishing user’s `sub`; absent for keys and admins. */
  from: z.string().optional(),
  /** Who scheduled it: `user:<sub>`, `key:<id>`, `admin:<id>`. */
  scheduledBy: z.string(),
  scheduledAt: isoTime,
  /** The publisher’s own fields, without `channel` and `type`. */
  fields: z.record(z.string(), z.unknown()),
})
export type ScheduledMessage = z.infer<typeof scheduledMessageSchema>

export const listScheduled = operation({
  method: 'get',
  path: '/api/scheduled',
  access: 'open',
  summary: 'Lists messages that wait for their time, the next one first: one’s own, or to admins and viewers all.',
  query: z.object({ channel: pattern.optional(), ...paging }),
  response: z.object({ items: z.array(scheduledMessageSchema), nextCursor }),
})

export const cancelScheduled = operation({
  method: 'delete',
  path: '/api/scheduled/:id',
  access: 'open',
  summary: 'Cancels a message that waits for its time: one’s own, or as an admin any.',
  params: id,
  status: 204,
  response: z.void(),
})

export const SCHEDULED_OPERATIONS = [listScheduled, cancelScheduled] as const
