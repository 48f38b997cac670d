import type { Router } from 'express'
import { clearLogs, countLogs, exportLogs, listLogs, type LogRecord } from '../../shared/api.ts'
import type { ExportFormat } from '../../shared/message-search.ts'
import { wrongCursor } from '../../shared/errors.ts'
import { actorOf } from '../auth/caller.ts'
import type { StoredEventLog } from '../store/event-log.ts'
import { isLogId } from '../store/log-ids.ts'
import type { LogFilter } from '../store/log-table.ts'
import { csvLine } from './csv.ts'
import { admit, defineRoute, type RouteDeps } from './http.ts'
import { streamLines } from './stream-lines.ts'
import { parseQuery } from './validate.ts'

export interface LogsDeps extends RouteDeps {
  eventLog: StoredEventLog
}

const COLUMNS = ['id', 'timestamp', 'level', 'type', 'message', 'actor', 'node', 'data'] as const
const CONTENT_TYPES: Record<ExportFormat, string> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
}
/** Entries read at a time for a download. */
const PAGE = 500

/** Adds reading, counting, downloading and clearing of the event log (contract §10). */
export function logsRoutes(router: Router, deps: LogsDeps): void {
  const { eventLog } = deps
  defineRoute(
    router,
    listLogs,
    ({ query }) => {
      if (query.cursor !== undefined && !isLogId(query.cursor)) throw wrongCursor(query.cursor)
      return eventLog.list(query)
    },
    deps,
  )
  defineRoute(router, countLogs, ({ query }) => eventLog.count(query), deps)
  // Not JSON: the answer is written as it is read.
  router.get(exportLogs.path, async (req, res) => {
    await admit(req, res, exportLogs.access, deps)
    const { format, ...filter } = parseQuery(exportLogs.query, req.query)
    const fileName = `logs-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.${format}`
    await streamLines(res, linesOf(eventLog, filter, format), { contentType: CONTENT_TYPES[format], fileName })
  })

  defineRoute(
    router,
    clearLogs,
    async ({ caller, query }) => {
      const before = query.before === undefined ? null : new Date(query.before)
      return { deleted: await eventLog.clear({ before, actor: actorOf(caller) }) }
    },
    deps,
  )
}

/** What comes in meanwhile is newer than what is read, and no part of it. */
async function* linesOf(eventLog: StoredEventLog, filter: LogFilter, format: ExportFormat): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(COLUMNS)
  let cursor: string | null = null
  do {
    const page: LogPage = await eventLog.list({ ...filter, limit: PAGE, ...(cursor !== null && { cursor }) })
    yield page.logs.map((record) => lineOf(record, format)).join('')
    cursor = page.nextCursor
  } while (cursor !== null)
}

type LogPage = Awaited<ReturnType<StoredEventLog['list']>>

function lineOf(record: LogRecord, format: ExportFormat): string {
  return format === 'csv' ? csvLine(COLUMNS.map((name) => record[name])) : `${JSON.stringify(record)}\n`
}
