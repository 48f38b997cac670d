import type { StatsPoint } from '../../../shared/api.ts'

/** Columns as a chart takes them: times in epoch seconds, then one line's values each. */
export type ChartData = [number[], ...(number | null)[][]]

/** Points may be late by this much before the time between them counts as a gap. */
const SLACK_MS = 2500

/** Turns points, oldest first, into columns; where nothing was measured, a moment without values breaks the lines. */
export function toChartData(
  points: readonly StatsPoint[],
  lines: readonly ((point: StatsPoint) => number | null)[],
): ChartData {
  const times: number[] = []
  const values: (number | null)[][] = lines.map(() => [])
  let endMs = -Infinity
  for (const point of points) {
    const atMs = Date.parse(point.at)
    if (atMs <= endMs) continue
    const isGap = endMs > -Infinity && atMs - point.seconds * 1000 - endMs > SLACK_MS
    if (isGap) {
      times.push((endMs + 1) / 1000)
      for (const column of values) column.push(null)
    }
    times.push(atMs / 1000)
    lines.forEach((line, i) => values[i]!.push(line(point)))
    endMs = atMs
  }
  return [times, ...values]
}
