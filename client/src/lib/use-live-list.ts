import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { Message } from '../../../shared/protocol.ts'
import { useFollow } from './live.ts'
import { createLiveList, type LiveList, type LiveView } from './live-list.ts'

/** Rows come and go at most this often: a table of thousands is put in order anew each time. */
const PACE_MS = 250

/** One page of a list, and where the next one begins; null at the end. */
export type FetchPage<Row> = (
  cursor: string | null,
  signal: AbortSignal,
) => Promise<{ rows: Row[]; next: string | null }>

interface Source<Row> {
  keyOf: (row: Row) => string
  /** The channel that brings the news. */
  channel: string
  fetchPage: FetchPage<Row>
  /** Puts what a message says into the list. */
  apply: (message: Message, list: LiveList<Row>) => void
}

/** A live list, as the component `List` takes it. */
export interface LiveQuery<Row> {
  data: readonly Row[] | undefined
  error: Error | null
  isError: boolean
  isFetching: boolean
  refetch: () => void
  version: number
  list: LiveList<Row>
}

/** Fetches a list once its news come in, keeps it up to date, and fetches it anew after the stream was cut. */
export function useLiveList<Row>({ keyOf, channel, fetchPage, apply }: Source<Row>): LiveQuery<Row> {
  const [list] = useState(() => createLiveList<Row>(keyOf, (flush) => void setTimeout(flush, PACE_MS)))
  const view: LiveView<Row> = useSyncExternalStore(list.subscribe, () => list.view)
  const [isFetching, setFetching] = useState(false)
  const running = useRef<AbortController | null>(null)

  function load() {
    running.current?.abort()
    const own = new AbortController()
    running.current = own
    setFetching(true)
    void fetchAll(list, fetchPage, own.signal).finally(() => running.current === own && setFetching(false))
  }

  useFollow(channel, (message) => apply(message, list), load)
  useEffect(() => () => running.current?.abort(), [])

  const { state } = view
  return {
    data: view.known ? view.rows : undefined,
    error: state.status === 'failed' && state.error instanceof Error ? state.error : null,
    isError: state.status === 'failed',
    isFetching,
    refetch: load,
    version: view.version,
    list,
  }
}

async function fetchAll<Row>(list: LiveList<Row>, fetchPage: FetchPage<Row>, signal: AbortSignal): Promise<void> {
  const fetched = list.begin()
  try {
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<FetchPage<Row>>> = await fetchPage(cursor, signal)
      if (signal.aborted) return
      fetched.page(page.rows)
      cursor = page.next
    } while (cursor !== null)
    fetched.done()
  } catch (error) {
    if (!signal.aborted) fetched.fail(error)
  }
}
