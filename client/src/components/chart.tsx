import { lazy, Suspense, useState } from 'react'
import type { ChartData } from '../lib/chart-data.ts'

/** A line's colour means the same on every page: what comes in, what goes out, the usual and the worst. */
export type Tone = 'first' | 'second' | 'usual' | 'worst'

export interface Line {
  label: string
  tone: Tone
}

interface ChartProps {
  title: string
  /** At most four. */
  lines: readonly Line[]
  data: ChartData
  /** How far the chart reaches back from its newest moment. */
  spanSeconds: number
  /** A value as the axis and the legend show it. */
  format: (value: number) => string
  /** The values are bytes: marks lie powers of two apart. */
  isBinary?: boolean
  /** Greyed: the newest figures are not from now. */
  stale: boolean
}

export const TONES: Record<Tone, { variable: string; swatch: string }> = {
  first: { variable: '--color-accent-line', swatch: 'bg-accent-line' },
  second: { variable: '--color-good-line', swatch: 'bg-good-line' },
  usual: { variable: '--color-info-line', swatch: 'bg-info-line' },
  worst: { variable: '--color-warn-line', swatch: 'bg-warn-line' },
}

const CHART_PX = 132

const Plot = lazy(() => import('./plot.tsx').then((module) => ({ default: module.Plot })))

/** Lines over time: the legend shows the values under the pointer, else the newest, and turns lines off. */
export function Chart({ title, lines, data, spanSeconds, format, isBinary = false, stale }: ChartProps) {
  const [hidden, setHidden] = useState<readonly string[]>([])
  const [pointed, setPointed] = useState<number | null>(null)
  const index = pointed ?? data[0].length - 1
  const valueOf = (i: number) => data[i + 1]?.[index] ?? null
  const shown = lines.map(({ label }) => !hidden.includes(label))
  const summary = lines.map(({ label }, i) => `${label} ${textOf(valueOf(i), format)}`).join(', ')

  function toggle(label: string) {
    setHidden(hidden.includes(label) ? hidden.filter((other) => other !== label) : [...hidden, label])
  }

  return (
    <figure
      className={`flex min-w-0 flex-col gap-1 bg-panel px-4 py-3 transition-opacity ${stale ? 'opacity-60' : ''}`}
      data-chart={title}
    >
      <figcaption className="flex h-6 items-center gap-x-1">
        <span className="mr-auto min-w-0 truncate text-row font-medium text-ink-soft" title={title}>
          {title}
        </span>
        {lines.map(({ label, tone }, i) => (
          <button
            key={label}
            type="button"
            aria-pressed={shown[i]}
            disabled={lines.length === 1}
            onClick={() => toggle(label)}
            className={`inline-flex h-6 shrink-0 items-center gap-1 rounded-control px-1 text-small tabular-nums transition-colors enabled:hover:bg-hover ${shown[i] ? 'text-ink-soft' : 'text-ink-faint line-through'}`}
          >
            <span
              aria-hidden
              className={`h-0.5 w-3 rounded-round ${shown[i] ? TONES[tone].swatch : 'bg-line-strong'}`}
            />
            {lines.length > 1 && label}
            <span className="text-right font-medium text-ink">{textOf(valueOf(i), format)}</span>
          </button>
        ))}
      </figcaption>
      <div role="img" aria-label={`${title}: ${summary}`} className="relative h-33">
        <Suspense fallback={<div className="h-full animate-shimmer rounded-control bg-sunken" />}>
          <Plot
            data={data}
            tones={lines.map(({ tone }) => tone)}
            shown={shown}
            spanSeconds={spanSeconds}
            heightPx={CHART_PX}
            isBinary={isBinary}
            format={format}
            onPoint={setPointed}
          />
        </Suspense>
      </div>
    </figure>
  )
}

function textOf(value: number | null, format: (value: number) => string): string {
  return value === null ? '–' : format(value)
}
