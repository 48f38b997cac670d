import { expect, it } from 'vitest'
import { type Stats, statsSchema } from './stats.ts'
import { sumStats } from './stats-sum.ts'

const mqtt = { ok: true, received: 5, published: 4, refused: { a: 1 }, skipped: { retained: 2, repeated: 0 } }

function stats(node: string, changes: Partial<Stats> = {}): Stats {
  return {
    uptimeSeconds: 10,
    startedAt: '2026-11-20T12:00:10.000Z',
    node,
    nodes: ['a', 'b'],
    version: '1.0.0',
    connections: { current: 3, peak: 4, max: 100, byTransport: { sse: 3 }, slowLastMinute: 1 },
    messages: { published: 10, delivered: 30, publishedPerSecond: 0.1, deliveredPerSecond: 3 },
    channels: 2,
    rooms: { active: 1, participants: 2 },
    deliveryLatencyMs: { p50: 1, p99: 9 },
    memory: { rssBytes: 1000, heapUsedBytes: 500 },
    cpu: 0.5,
    eventLoopLagMs: { p50: 1, p99: 2 },
    database: { kind: 'postgresql', ok: true, latencyMs: 1, unclean: false },
    broker: { kind: 'postgres', ok: true },
    mqtt: null,
    ...changes,
  }
}

it('adds up what can be added, and names the nodes with the worst latency and lag', () => {
  const other = stats('b', {
    uptimeSeconds: 70,
    startedAt: '2026-11-20T11:59:10.000Z',
    version: '1.1.0',
    connections: { current: 2, peak: 2, max: 100, byTransport: { sse: 1, websocket: 1 }, slowLastMinute: 0 },
    messages: { published: 1, delivered: 2, publishedPerSecond: 0.2, deliveredPerSecond: 4 },
    channels: 5,
    deliveryLatencyMs: { p50: 6, p99: 8 },
    eventLoopLagMs: { p50: 0, p99: 30 },
    database: { kind: 'postgresql', ok: false, latencyMs: null, unclean: false },
    mqtt,
  })
  const sum = sumStats([stats('a', { mqtt: { ...mqtt, ok: false, refused: { a: 1, b: 2 } } }), other])
  expect(statsSchema.strict().parse(sum)).toEqual({
    uptimeSeconds: 70,
    startedAt: '2026-11-20T11:59:10.000Z',
    node: 'all',
    nodes: ['a', 'b'],
    version: '1.0.0, 1.1.0',
    connections: { current: 5, peak: 6, max: 200, byTransport: { sse: 4, websocket: 1 }, slowLastMinute: 1 },
    messages: { published: 11, delivered: 32, publishedPerSecond: 0.3, deliveredPerSecond: 7 },
    channels: 5,
    rooms: { active: 1, participants: 2 },
    deliveryLatencyMs: { p50: 1, p99: 9 },
    memory: { rssBytes: 2000, heapUsedBytes: 1000 },
    cpu: 1,
    eventLoopLagMs: { p50: 0, p99: 30 },
    database: { kind: 'postgresql', ok: false, latencyMs: 1, unclean: false },
    broker: { kind: 'postgres', ok: true },
    mqtt: { ok: false, received: 10, published: 8, refused: { a: 2, b: 2 }, skipped: { retained: 4, repeated: 0 } },
    worst: { deliveryLatencyMs: 'a', eventLoopLagMs: 'b' },
  })
})

it('names no slowest node while nothing is delivered', () => {
  const idle = { deliveryLatencyMs: { p50: 0, p99: 0 } }
  expect(sumStats([stats('a', idle), stats('b', idle)]).worst?.deliveryLatencyMs).toBeNull()
})

it('leaves the figures of a single node as they are', () => {
  const alone = stats('a', { nodes: ['a'] })
  expect(sumStats([alone])).toBe(alone)
})
