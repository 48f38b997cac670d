import type { Router } from 'express'
import { clearLogs, listLogs } from '../../shared/api.ts'
import { actorOf } from '../auth/caller.ts'
import type { StoredEventLog } from '../store/event-log.ts'
import { defineRoute, type RouteDeps } from './http.ts'

export interface LogsDeps extends RouteDeps {
  eventLog: StoredEventLog
}

/** Adds reading and clearing of the event log (contract §10). */
export function logsRoutes(router: Router, deps: LogsDeps): void {
  const { eventLog } = deps
  defineRoute(router, listLogs, ({ query }) => eventLog.list(query), deps)
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
