import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ConnectionInfo } from '../../../../shared/api.ts'
import {
  CONNECTIONS_CHANNEL,
  type ConnectionsNews,
  type ConnectionWatch,
  type SentFrame,
  watchChannelOf,
} from '../../../../shared/dashboard.ts'
import { useFollow } from '../../lib/live.ts'
import { RequestError } from '../../lib/problem.ts'
import { fetchConnection } from '../../lib/traffic-api.ts'

/** A frame in the list; `key` tells it from all others of this panel. */
export interface ShownFrame extends SentFrame {
  key: number
}

/** How a watched connection stands. */
export interface Watched {
  /** Null until it is known. */
  connection: ConnectionInfo | null
  /** What the server last said of it; null before. */
  watch: ConnectionWatch | null
  /** Newest first. */
  frames: readonly ShownFrame[]
  skippedBytes: number
  end: { kind: 'open' } | { kind: 'closed'; reason: string } | { kind: 'unknown' } | { kind: 'failed' }
  refetch: () => void
}

const KEPT_FRAMES = 200

/** Watches one connection: what it is, and what is written to it from now on. */
export function useWatch(id: string): Watched {
  const [watch, setWatch] = useState<ConnectionWatch | null>(null)
  const [frames, setFrames] = useState<readonly ShownFrame[]>([])
  const [skippedBytes, setSkippedBytes] = useState(0)
  const [closed, setClosed] = useState<string | null>(null)
  const first = useQuery({ queryKey: ['connection', id], queryFn: () => fetchConnection(id), staleTime: 0 })

  useFollow(watchChannelOf(id), (message) => {
    const news = message as unknown as ConnectionWatch
    setWatch(news)
    setSkippedBytes((bytes) => bytes + news.skippedBytes)
    if (news.sent.length > 0) setFrames((old) => withNew(old, news.sent))
  })
  useFollow(CONNECTIONS_CHANNEL, (message) => {
    if (message.type !== 'connections_news') return
    const end = (message as unknown as ConnectionsNews).closed.find((one) => one.id === id)
    if (end) setClosed(end.reason)
  })

  const connection = watch?.connection ?? first.data ?? null
  return {
    connection,
    watch,
    frames,
    skippedBytes,
    end: endOf(closed, first.error, connection),
    refetch: () => void first.refetch(),
  }
}

function endOf(closed: string | null, error: Error | null, connection: ConnectionInfo | null): Watched['end'] {
  if (closed !== null) return { kind: 'closed', reason: closed }
  if (error === null || connection !== null) return { kind: 'open' }
  const isUnknown = error instanceof RequestError && error.problem?.status === 404
  return { kind: isUnknown ? 'unknown' : 'failed' }
}

function withNew(old: readonly ShownFrame[], sent: readonly SentFrame[]): ShownFrame[] {
  const next = (old[0]?.key ?? 0) + 1
  const fresh = sent.map((frame, i) => ({ ...frame, key: next + i })).toReversed()
  return [...fresh, ...old].slice(0, KEPT_FRAMES)
}
