import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { StatsPoint, StatsSpan } from '../../../../shared/api.ts'
import { fetchStatsHistory } from '../../lib/api.ts'
import { useLive } from '../../lib/live.ts'
import { createStatsPoints } from '../../lib/stats-points.ts'
import { useValue } from '../../lib/value.ts'

/** The figures of a span up to now; asked for anew with each connection, since what came between was not heard. */
export function useStatsPoints(span: StatsSpan) {
  const { stats, state } = useLive()
  const current = useValue(state)
  const connectionId = current.status === 'live' ? current.connectionId : null
  const past = useQuery({
    queryKey: ['stats-history', span, connectionId],
    queryFn: () => fetchStatsHistory(span),
    staleTime: Infinity,
    gcTime: 0,
    placeholderData: keepPreviousData,
  })
  const known = past.data?.span === span ? past.data : undefined
  const [points, setPoints] = useState<readonly StatsPoint[]>([])

  useEffect(() => {
    if (known === undefined) return
    const growing = createStatsPoints(span, known.points)
    setPoints(growing.points)
    return stats.subscribe(() => {
      const newest = stats.samples.at(-1)
      if (newest === undefined) return
      growing.add(newest.stats, newest.at)
      setPoints(growing.points)
    })
  }, [known, span, stats])

  return {
    points: known === undefined ? [] : points,
    past,
    isKnown: known !== undefined,
    isLive: connectionId !== null,
  }
}
