import { sparklinePath, type Point } from '../lib/sparkline-path.ts'
import { HISTORY_MS } from '../lib/stats-history.ts'

interface SparklineProps {
  points: readonly Point[]
  /** What the line shows, read aloud. */
  label: string
}

const WIDTH = 120
const HEIGHT = 24
/** Samples come every second: two missing are a gap. */
const GAP_MS = 2500

/** The last 60 seconds of a figure, from 0 up, the newest at the right. */
export function Sparkline({ points, label }: SparklineProps) {
  const endsAt = points.at(-1)?.at ?? 0
  const frame = { width: WIDTH, height: HEIGHT, endsAt, spanMs: HISTORY_MS, gapMs: GAP_MS }
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`-1 -2 ${WIDTH + 2} ${HEIGHT + 4}`}
      preserveAspectRatio="none"
      className="h-6 w-full overflow-visible text-accent-line max-sm:h-4 max-sm:w-12 max-sm:shrink-0"
    >
      <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} className="stroke-line" vectorEffect="non-scaling-stroke" />
      <path
        d={sparklinePath(points, frame)}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}
