import { useQuery } from '@tanstack/react-query'
import { Clock } from 'lucide-react'
import type { Stats } from '../../../shared/api.ts'
import { fetchStats } from '../lib/api.ts'
import { describeFigures, figureNames, type FigureText } from '../lib/figures.ts'
import { clock } from '../lib/format.ts'
import { useLocale, useWords } from '../lib/language.ts'
import { useLive, useSamples } from '../lib/live.ts'
import type { Sample } from '../lib/stats-history.ts'
import { useNow } from '../lib/use-now.ts'
import { useValue } from '../lib/value.ts'
import { Button } from './button.tsx'
import { Figure, FigureSkeleton } from './figure.tsx'
import { Notice } from './notice.tsx'
import { Sparkline } from './sparkline.tsx'

/** Figures come every second; silence for this long means that they stand still. */
const STALE_AFTER_MS = 5000

interface FiguresProps {
  /** Whose; null for those of all nodes together. */
  node: string | null
  /** What people call a node. */
  titleOf: (node: string) => string
}

/** The figures of a node or of all: asked for once, then fed by the stream every second. */
export function Figures({ node, titleOf }: FiguresProps) {
  const words = useWords()
  const locale = useLocale()
  const { state } = useLive()
  const samples = useSamples(node)
  const first = useQuery({ queryKey: ['stats', node], queryFn: () => fetchStats(node), staleTime: Infinity })
  const now = useNow(1000)
  const isLive = useValue(state).status === 'live'

  const newest = samples.at(-1)
  const stats = newest?.stats ?? first.data
  const since = newest?.at ?? first.dataUpdatedAt
  // While live and before the first sample, what was asked for is fresh enough.
  const stale = stats !== undefined && (!isLive || (newest !== undefined && now - since > STALE_AFTER_MS))

  if (stats === undefined && first.isError) {
    const again = (
      <Button size="small" onClick={() => void first.refetch()}>
        {words.actions.retry}
      </Button>
    )
    return (
      <Notice meaning="bad" action={again}>
        {words.figures.failed}
      </Notice>
    )
  }
  return (
    <section aria-label={words.figures.title} className="relative">
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-card border border-line bg-line sm:grid-cols-4 2xl:grid-cols-8">
        {stats === undefined
          ? figureNames(words.figures).map((name) => <FigureSkeleton key={name} name={name} />)
          : describeFigures(stats, words, { locale, titleOf }).map((text) => (
              <Figure key={text.name} {...text} stale={stale}>
                {text.trend && <Trend name={text.name} trend={text.trend} samples={samples} />}
              </Figure>
            ))}
      </dl>
      {stale && (
        <p className="mt-2 flex items-center gap-1.5 text-row text-ink-soft tabular-nums">
          <Clock aria-hidden className="size-3.5" />
          {words.figures.staleSince(clock(new Date(since)))}
        </p>
      )}
    </section>
  )
}

interface TrendProps {
  name: string
  trend: NonNullable<FigureText['trend']>
  samples: readonly Sample[]
}

function Trend({ name, trend, samples }: TrendProps) {
  const { figures } = useWords()
  const points = samples.map(({ at, stats }: { at: number; stats: Stats }) => ({ at, value: trend(stats) }))
  return <Sparkline points={points} label={figures.lastMinute(name)} />
}
