/** One point of a small line: epoch milliseconds and a value from 0 up. */
export interface Point {
  at: number
  value: number
}

interface Frame {
  width: number
  height: number
  /** Time at the right edge; the left edge lies `spanMs` before. */
  endsAt: number
  spanMs: number
  /** A longer silence than this is drawn as a gap. */
  gapMs: number
}

/**
 * Draws points as an SVG path, y from 0 at the bottom to the largest value; a silence is a gap, a lone point a dot.
 * Empty when there is nothing to draw.
 */
export function sparklinePath(points: readonly Point[], frame: Frame): string {
  const top = Math.max(...points.map((point) => point.value), Number.MIN_VALUE)
  const x = (at: number) => round(frame.width * (1 - (frame.endsAt - at) / frame.spanMs))
  const y = (value: number) => round(frame.height * (1 - Math.max(0, value) / top))
  return points
    .map((point, i) => {
      const before = points[i - 1]
      const joined = before !== undefined && point.at - before.at <= frame.gapMs
      // A line of no length shows as a dot under round caps.
      return joined ? `L${x(point.at)} ${y(point.value)}` : `M${x(point.at)} ${y(point.value)}h0`
    })
    .join('')
}

function round(n: number): number {
  return Math.round(n * 10) / 10
}
