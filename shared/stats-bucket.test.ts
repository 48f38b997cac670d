import { expect, it } from 'vitest'
import type { StatsSample } from './stats.ts'
import { createStatsBucket } from './stats-bucket.ts'

const START_MS = 1_700_000_000_000
const sample = (changes: Partial<StatsSample> = {}): StatsSample => ({
  connections: 10,
  publishedPerSecond: 1,
  deliveredPerSecond: 10,
  latencyP50Ms: 2,
  latencyP99Ms: 4,
  lagP50Ms: 0,
  lagP99Ms: 1,
  rssBytes: 1000,
  heapUsedBytes: 500,
  cpu: 0.5,
  databaseMs: 1,
  ...changes,
})

it('gives the means of the time that is over, and the highest of the 99th percentiles', () => {
  const bucket = createStatsBucket(10)
  expect(bucket.add(sample({ connections: 10, latencyP99Ms: 4 }), START_MS)).toBeNull()
  expect(bucket.add(sample({ connections: 20, latencyP99Ms: 40 }), START_MS + 9000)).toBeNull()
  const point = bucket.add(sample(), START_MS + 10_000)
  expect(point).toMatchObject({ seconds: 10, connections: 15, latencyP50Ms: 2, latencyP99Ms: 40 })
  expect(point?.at).toBe(new Date(START_MS + 10_000).toISOString())
})

it('leaves out what was not known, and says null when nothing was', () => {
  const bucket = createStatsBucket(10)
  bucket.add(sample({ latencyP50Ms: null, databaseMs: null }), START_MS)
  bucket.add(sample({ latencyP50Ms: 6, databaseMs: null }), START_MS + 1000)
  expect(bucket.peek()).toMatchObject({ latencyP50Ms: 6, databaseMs: null })
})

it('begins anew after a break rather than filling it', () => {
  const bucket = createStatsBucket(10)
  bucket.add(sample({ connections: 1 }), START_MS)
  expect(bucket.add(sample({ connections: 5 }), START_MS + 600_000)).toMatchObject({ connections: 1 })
  expect(bucket.peek()).toMatchObject({ connections: 5, at: new Date(START_MS + 600_001).toISOString() })
})
