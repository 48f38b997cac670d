import { z } from 'zod'
import { EXPORT_FORMATS, fieldTerm } from './message-search.ts'
import { flag, id, isoTime, nextCursor, operation, type Operation, paging, pattern, text } from './operation.ts'
import { scheduledReceiptSchema } from './scheduled.ts'

/** A message as the archive shows it; further fields are the publisher's. */
export const archivedMessage = z.looseObject({
  id: z.string(),
  channel: z.string(),
  timestamp: isoTime,
  type: z.string(),
  from: z.string().optional(),
})

export const receiptSchema = z.object({
  /** Absent when ephemeral. */
  id: z.string().optional(),
  channel: z.string(),
  timestamp: isoTime,
  /** Connections of this node that it was handed to. */
  recipients: z.number().int(),
})
export type Receipt = z.infer<typeof receiptSchema>

export const broadcast = operation({
  method: 'post',
  path: '/api/broadcast',
  access: 'open',
  summary:
    'Publishes one message, or a batch of up to 1000, all or nothing; answers once durable. With `deliverAt`, it waits.',
  query: z.object({
    channel: z.string().optional(),
    ephemeral: flag.default(false),
    exclude: z.string().max(100).optional(),
    /** When it is to be published; at once if absent. */
    deliverAt: isoTime.optional(),
  }),
  /** A JSON object, or an array of 1–1000 of them; checked by the hub, which leaves their fields untouched. */
  body: z.unknown().meta({
    oneOf: [
      { type: 'object', additionalProperties: true },
      { type: 'array', minItems: 1, maxItems: 1000, items: { type: 'object', additionalProperties: true } },
    ],
  }),
  response: z.union([receiptSchema, z.object({ messages: z.array(receiptSchema) })]),
  accepted: z.union([scheduledReceiptSchema, z.object({ messages: z.array(scheduledReceiptSchema) })]),
})

const range = {
  since: isoTime.optional(),
  until: isoTime.optional(),
}
const archiveFilters = {
  q: text.optional(),
  channel: pattern.optional(),
  type: text.optional(),
  from: text.optional(),
  /** Repeated: `path=value`, also with `>`, `>=`, `<` and `<=`; the path is parted by dots, `*` is any value. */
  field: z.array(fieldTerm).max(20).optional(),
  ...range,
}
export const searchMessages = operation({
  method: 'get',
  path: '/api/messages',
  access: 'view',
  summary: 'Searches the archive, newest first, by text, by fields and by what the server set.',
  query: z.object({ ...archiveFilters, ...paging }),
  response: z.object({ items: z.array(archivedMessage), nextCursor }),
})
export const countMessages = operation({
  method: 'get',
  path: '/api/messages/count',
  access: 'view',
  summary: 'Counts the messages of the archive that a search finds.',
  query: z.object(archiveFilters),
  response: z.object({ count: z.number().int() }),
})
export const exportMessages = operation({
  method: 'get',
  path: '/api/messages/export',
  access: 'view',
  summary: 'Streams the messages that a search finds, however many, in the order of the log: one line each.',
  query: z.object({ format: z.enum(EXPORT_FORMATS).default('ndjson'), ...archiveFilters }),
  media: ['application/x-ndjson', 'text/csv'],
  response: z.string(),
})
export const getMessage = operation({
  method: 'get',
  path: '/api/messages/:id',
  access: 'view',
  summary: 'Shows one message of the archive by its id.',
  params: id,
  response: archivedMessage,
})

/** The operations of the archive, in the order in which papers list them. */
export const MESSAGE_OPERATIONS: readonly Operation[] = [searchMessages, countMessages, exportMessages, getMessage]
