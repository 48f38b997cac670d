import { z } from 'zod'
import { isoTime, nextCursor, operation, paging, text } from './operation.ts'
import { EXPORT_FORMATS } from './message-search.ts'
import { LOG_LEVELS } from './protocol.ts'

// ---- the event log (§10)

export const logSchema = z.object({
  id: z.string(),
  timestamp: isoTime,
  level: z.enum(LOG_LEVELS),
  type: z.string(),
  message: z.string(),
  data: z.record(z.string(), z.unknown()).nullable(),
  actor: z.string().nullable(),
  node: z.string(),
})
export type LogRecord = z.infer<typeof logSchema>

/** What a list, a count and a download of the log may be narrowed to; `level` and `type` may be repeated. */
const filters = {
  level: z.array(z.enum(LOG_LEVELS)).max(LOG_LEVELS.length).optional(),
  type: z.array(text).max(50).optional(),
  q: text.optional(),
  since: isoTime.optional(),
  until: isoTime.optional(),
}

export const listLogs = operation({
  method: 'get',
  path: '/api/logs',
  access: 'view',
  summary: 'Reads the event log, newest first.',
  query: z.object({ ...filters, ...paging }),
  response: z.object({ logs: z.array(logSchema), nextCursor }),
})
export const countLogs = operation({
  method: 'get',
  path: '/api/logs/count',
  access: 'view',
  summary: 'Counts entries of the event log, and lists the types that there are.',
  query: z.object({ ...filters, before: isoTime.optional() }),
  response: z.object({ count: z.number().int(), types: z.array(z.string()) }),
})
export const exportLogs = operation({
  method: 'get',
  path: '/api/logs/export',
  access: 'view',
  summary: 'Downloads entries of the event log, newest first, however many: one JSON object a line, or CSV.',
  query: z.object({ format: z.enum(EXPORT_FORMATS).default('ndjson'), ...filters }),
  media: ['application/x-ndjson', 'text/csv'],
  response: z.string(),
})
export const clearLogs = operation({
  method: 'delete',
  path: '/api/logs',
  access: 'admin',
  summary: 'Deletes the event log, or what is older than `before`; is itself logged.',
  query: z.object({ before: isoTime.optional() }),
  response: z.object({ deleted: z.number().int() }),
})

export const LOG_OPERATIONS = [listLogs, countLogs, exportLogs, clearLogs] as const
