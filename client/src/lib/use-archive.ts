import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Message } from '../../../shared/protocol.ts'
import { archiveMatcher, type ArchiveSearch, countArchive, fetchArchive } from './archive.ts'
import { useFollow } from './live.ts'
import { useSettled } from './use-settled.ts'

/** What is typed is searched for once it rests. */
const SETTLE_MS = 250

/** A search of the archive that is read page by page, and how many have come since that it would find. */
export function useArchive(wanted: ArchiveSearch) {
  // As one text, which stays the same while the search does.
  const settled = useSettled(JSON.stringify(wanted), SETTLE_MS)
  const search = useMemo(() => JSON.parse(settled) as ArchiveSearch, [settled])
  const queries = useQueryClient()
  const key = ['archive', search] as const
  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => fetchArchive(search, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
  })
  const total = useQuery({
    queryKey: ['archive-count', search],
    queryFn: ({ signal }) => countArchive(search, signal),
    staleTime: 0,
    gcTime: 0,
  })
  const fresh = useFreshCount(search)
  const messages = useMemo((): Message[] | undefined => pages.data?.pages.flatMap(({ items }) => items), [pages.data])

  return {
    messages,
    pages,
    total: total.data ?? null,
    fresh: fresh.count,
    /** Reads the newest page anew; what was read before it is read again when it is scrolled to. */
    renew() {
      fresh.clear()
      void queries.resetQueries({ queryKey: key })
      void total.refetch()
    },
  }
}

const TOLD_EVERY_MS = 500

/** Counts what comes in and would be found; told twice a second at most. */
function useFreshCount(search: ArchiveSearch) {
  const [count, setCount] = useState(0)
  const counted = useRef(0)
  const isFound = useMemo(() => archiveMatcher(search), [search])

  useFollow(search.channel === '' ? '**' : search.channel, (message) => {
    if (isFound(message)) counted.current++
  })
  useEffect(() => {
    counted.current = 0
    const timer = setInterval(() => setCount(counted.current), TOLD_EVERY_MS)
    return () => clearInterval(timer)
  }, [search])

  return {
    count,
    clear() {
      counted.current = 0
      setCount(0)
    },
  }
}
