import { useMemo } from 'react'
import type { StatsPoint, StatsSpan } from '../../../../shared/api.ts'
import { STATS_SPANS } from '../../../../shared/stats-spans.ts'
import { Button } from '../../components/button.tsx'
import { Chart, type Line } from '../../components/chart.tsx'
import { Choice } from '../../components/choice.tsx'
import { Notice } from '../../components/notice.tsx'
import { toChartData } from '../../lib/chart-data.ts'
import { formatBytes, formatCount, formatMillis } from '../../lib/format.ts'
import { useLocale, usePageWords, useWords } from '../../lib/language.ts'
import { setParams, useParam } from '../../lib/router.ts'
import { tellError } from '../../lib/tell-error.ts'
import { useStatsPoints } from './use-stats-points.ts'
import { overviewWords } from './words.ts'

interface ChartSpec {
  title: string
  lines: readonly (Line & { of: (point: StatsPoint) => number | null })[]
  format: (value: number) => string
  isBinary?: boolean
}

const SPANS = Object.keys(STATS_SPANS) as StatsSpan[]

interface ChartsProps {
  /** Whose figures; null for those of all nodes together. */
  node: string | null
  /** Whether there are several nodes to show together. */
  isSum: boolean
}

/** How the figures moved over the span that the address names. */
export function Charts({ node, isSum }: ChartsProps) {
  const all = useWords()
  const words = usePageWords(overviewWords)
  const wanted = useParam('span')
  const span = SPANS.find((name) => name === wanted) ?? '5m'
  const { points, past, isKnown, isLive } = useStatsPoints(span, node)
  const specs = useCharts(isSum)
  const again = (
    <Button size="small" disabled={past.isFetching} onClick={() => void past.refetch()}>
      {all.actions.retry}
    </Button>
  )
  return (
    <section aria-label={words.charts.title} className="flex flex-col gap-3">
      <div className="flex items-center gap-3">
        <h2 className="mr-auto font-semibold">{words.charts.title}</h2>
        <Choice
          label={words.charts.span}
          choices={SPANS.map((value) => ({ value, label: words.charts.spans[value] }))}
          chosen={span}
          onChoose={(value) => setParams({ span: value === '5m' ? null : value })}
        />
      </div>
      {past.isError && (
        <Notice meaning="warn" action={again}>
          {words.charts.failed} {tellError(past.error, all)}
        </Notice>
      )}
      <div className="grid gap-px overflow-hidden rounded-card border border-line bg-line md:grid-cols-2 xl:grid-cols-3">
        {specs.map((spec) => (
          <ChartOf key={spec.title} spec={spec} points={points} span={span} stale={isKnown && !isLive} />
        ))}
      </div>
    </section>
  )
}

interface ChartOfProps {
  spec: ChartSpec
  points: readonly StatsPoint[]
  span: StatsSpan
  stale: boolean
}

function ChartOf({ spec, points, span, stale }: ChartOfProps) {
  const { lines } = spec
  const data = useMemo(
    () =>
      toChartData(
        points,
        lines.map(({ of }) => of),
      ),
    [points, lines],
  )
  return (
    <Chart
      title={spec.title}
      lines={lines}
      data={data}
      spanSeconds={STATS_SPANS[span]}
      format={spec.format}
      isBinary={spec.isBinary ?? false}
      stale={stale}
    />
  )
}

function useCharts(isSum: boolean): ChartSpec[] {
  const { figures, units } = useWords()
  const { charts } = usePageWords(overviewWords)
  const locale = useLocale()
  return useMemo(() => {
    const count = (value: number) => formatCount(value < 10 ? value : Math.round(value), locale)
    const rate = (value: number) => `${count(value)}${units.perSecond}`
    const millis = (value: number) => joined(formatMillis(value, locale))
    const bytes = (value: number) => joined(formatBytes(value, locale))
    return [
      {
        title: figures.connections,
        format: count,
        lines: [{ label: figures.connections, tone: 'first', of: (p) => p.connections }],
      },
      {
        title: charts.messages,
        format: rate,
        lines: [
          { label: charts.in, tone: 'first', of: (p) => p.publishedPerSecond },
          { label: charts.out, tone: 'second', of: (p) => p.deliveredPerSecond },
        ],
      },
      {
        title: isSum ? charts.slowest : figures.latency,
        format: millis,
        lines: [
          { label: 'p50', tone: 'usual', of: (p) => p.latencyP50Ms },
          { label: 'p99', tone: 'worst', of: (p) => p.latencyP99Ms },
        ],
      },
      {
        title: isSum ? charts.laggiest : figures.lag,
        format: millis,
        lines: [
          { label: 'p50', tone: 'usual', of: (p) => p.lagP50Ms },
          { label: 'p99', tone: 'worst', of: (p) => p.lagP99Ms },
        ],
      },
      {
        title: figures.memory,
        format: bytes,
        isBinary: true,
        lines: [
          { label: charts.resident, tone: 'first', of: (p) => p.rssBytes },
          { label: charts.heap, tone: 'second', of: (p) => p.heapUsedBytes },
        ],
      },
      {
        title: charts.cpu,
        format: (value) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(value),
        lines: [{ label: charts.cpu, tone: 'first', of: (p) => p.cpu }],
      },
    ]
  }, [figures, units, charts, locale, isSum])
}

function joined({ value, unit }: { value: string; unit: string }): string {
  return `${value} ${unit}`
}
