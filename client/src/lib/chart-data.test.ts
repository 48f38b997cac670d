import { expect, it } from 'vitest'
import type { StatsPoint } from '../../../shared/api.ts'
import { toChartData } from './chart-data.ts'

const START_MS = 1_700_000_000_000
const point = (offsetSeconds: number, seconds: number, connections: number) =>
  ({ at: new Date(START_MS + offsetSeconds * 1000).toISOString(), seconds, connections }) as StatsPoint

const draw = (points: StatsPoint[]) => toChartData(points, [({ connections }) => connections])
const start = START_MS / 1000

it('breaks the line where nothing was measured', () => {
  const [times, values] = draw([point(0, 1, 1), point(1, 1, 2), point(60, 1, 3)])
  expect(times).toEqual([start, start + 1, start + 1.001, start + 60])
  expect(values).toEqual([1, 2, null, 3])
})

it('breaks nothing where a step is longer, or a little late', () => {
  expect(draw([point(0, 10, 1), point(10, 10, 2), point(11, 1, 3), point(13.4, 1, 4)])[1]).toEqual([1, 2, 3, 4])
})

it('leaves out what lies before its predecessor', () => {
  expect(draw([point(10, 10, 1), point(9, 1, 2), point(11, 1, 3)])[1]).toEqual([1, 3])
})
