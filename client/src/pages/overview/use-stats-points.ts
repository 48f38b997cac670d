import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { StatsPoint, StatsSpan } from '../../../../shared/api.ts'
import { fetchStatsHistory } from '../../lib/api.ts'
import { useLive } from '../../lib/live.ts'
import { createStatsPoints } from '../../lib/stats-points.ts'
import { useValue } from '../../lib/value.ts'

/** The figures of a span up to now, of a node or, with null, of all together; asked for anew with each connection, since what came between was not heard. */
export function useStatsPoints(span: StatsSpan, node: string | null) {
  const { stats, state } = useLive()
  const current = useValue(state)
  const liveId = current.status === 'live' ? current.connectionId : null
  // While the stream is cut there is nobody to ask, and what is known stays.
  const [connectionId, setConnectionId] = useState(liveId)
  if (liveId !== null && liveId !== connectionId) setConnectionId(liveId)
  const past = useQuery({
    queryKey: ['stats-history', span, node, connectionId],
    queryFn: async () => ({ wanted: node, ...(await fetchStatsHistory(span, node)) }),
    staleTime: Infinity,
    gcTime: 0,
    placeholderData: keepPreviousData,
  })
  // After a reconnect the old past is shown until the new one is there; never that of another span or node.
  const isAsked = past.data?.span === span && past.data.wanted === node
  const known = isAsked ? past.data : undefined
  const [points, setPoints] = useState<readonly StatsPoint[]>([])

  useEffect(() => {
    if (known === undefined) return
    const growing = createStatsPoints(span, known.points)
    setPoints(growing.points)
    let last = stats.samplesOf(node).at(-1)
    return stats.subscribe(() => {
      const newest = stats.samplesOf(node).at(-1)
      // Another node has told of itself.
      if (newest === undefined || newest === last) return
      last = newest
      growing.add(newest.stats, newest.at)
      setPoints(growing.points)
    })
  }, [known, span, node, stats])

  return {
    points: known === undefined ? [] : points,
    past,
    isKnown: known !== undefined,
    isLive: connectionId !== null,
  }
}
