import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from 'react'
import type { LogRecord } from '../../../../shared/api.ts'
import { LOG_LEVELS } from '../../../../shared/protocol.ts'
import { createLogTail } from '../../lib/log-tail.ts'
import { countLogs, fetchLogs, isFound, logOf, type LogSearch } from '../../lib/logs-api.ts'
import { useFollow } from '../../lib/live.ts'
import { useParam } from '../../lib/router.ts'
import { useSettled } from '../../lib/use-settled.ts'

const PAGE_SIZE = 100
const SETTLE_MS = 250
/** Rows come at most this often. */
const PACE_MS = 200
/** Beyond this the stored ones are asked for anew. */
const MAX_TAIL = 2000

/** What the address asks for. */
export function useLogSearch(): LogSearch {
  const levels = useParam('level') ?? ''
  const type = useParam('type') ?? ''
  const q = useParam('q') ?? ''
  const since = useParam('since') ?? ''
  const until = useParam('until') ?? ''
  return useMemo(() => {
    const named = levels.split(',')
    return { levels: LOG_LEVELS.filter((level) => named.includes(level)), type, q: q.trim(), since, until }
  }, [levels, type, q, since, until])
}

/** The stored entries page by page, and above them those that come in; the latter wait while `held`. */
export function useLogs(wanted: LogSearch, held: boolean) {
  const search = useSettled(wanted, SETTLE_MS)
  const pages = useInfiniteQuery({
    queryKey: ['logs', search],
    queryFn: ({ pageParam, signal }) => fetchLogs(search, pageParam, PAGE_SIZE, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
  })
  const counted = useQuery({
    queryKey: ['logs-count', search],
    queryFn: ({ signal }) => countLogs(search, signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  })
  const [tail] = useState(() => createLogTail(MAX_TAIL, (flush) => void setTimeout(flush, PACE_MS)))
  const { shown, waiting, overflows } = useSyncExternalStore(tail.subscribe, () => tail.view)

  function renew() {
    tail.clear()
    void pages.refetch()
    void counted.refetch()
  }

  const onOverflow = useEffectEvent(renew)
  useEffect(() => {
    if (overflows > 0) onOverflow()
  }, [overflows])
  useEffect(() => tail.hold(held), [tail, held])
  useFollow(
    'admin/logs',
    (message) => {
      const log = logOf(message)
      if (log && isFound(search, log)) tail.push(log)
    },
    // The log is not part of what a connection resumes.
    renew,
  )

  const logs = useMemo((): LogRecord[] | undefined => {
    if (pages.data === undefined) return undefined
    const stored = pages.data.pages.flatMap((page) => page.logs)
    const known = new Set(stored.map(({ id }) => id))
    const fresh = shown.filter((log) => !known.has(log.id) && isFound(search, log))
    // Ids sort by time: what was fetched meanwhile may be newer than what came in before.
    return [...fresh, ...stored].sort((a, b) => (a.id < b.id ? 1 : -1))
  }, [pages.data, shown, search])

  const { count = null, types = [] } = counted.data ?? {}
  return { search, logs, waiting, pages, count, types, renew }
}
