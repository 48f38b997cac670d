import { expect, it } from 'vitest'
import type { Stats } from '../../../shared/api.ts'
import { createStatsHistory } from './stats-history.ts'

/** What the history reads of the figures, the rest left out. */
function stats(node: string, nodes: string[], current: number): Stats {
  const nothing = { publishedPerSecond: 0, deliveredPerSecond: 0, published: 0, delivered: 0 }
  const figures = {
    connections: { current, peak: current, max: 100, byTransport: {}, slowLastMinute: 0 },
    messages: nothing,
    rooms: { active: 0, participants: 0 },
    deliveryLatencyMs: { p50: 0, p99: 0 },
    eventLoopLagMs: { p50: 0, p99: 0 },
    memory: { rssBytes: 0, heapUsedBytes: 0 },
    database: { kind: 'postgresql', ok: true, latencyMs: 1, unclean: false },
    broker: { kind: 'postgres', ok: true },
    mqtt: null,
  }
  return { node, nodes, ...figures } as Partial<Stats> as Stats
}

function set() {
  let nowMs = 1_700_000_000_000
  const history = createStatsHistory(() => nowMs)
  const totals = () => history.samplesOf(null).map(({ stats: sum }) => sum.connections.current)
  return { history, totals, pass: (ms: number) => (nowMs += ms) }
}

it('adds up the newest figures of all nodes when the serving one tells its own', () => {
  const { history, totals, pass } = set()
  history.add(stats('b', ['b', 'a'], 20), false)
  history.add(stats('a', ['a', 'b'], 1), true)
  pass(1000)
  history.add(stats('a', ['a', 'b'], 2), true)
  history.add(stats('b', ['b', 'a'], 30), false)
  pass(1000)
  history.add(stats('a', ['a', 'b'], 3), true)
  expect(totals()).toEqual([21, 22, 33])
  expect(history.samplesOf('b').map(({ stats: own }) => own.connections.current)).toEqual([20, 30])
  expect(history.nodes.map(({ node }) => node)).toEqual(['a', 'b'])
})

it('waits for the first figures of a node, though not for ever', () => {
  const { history, totals, pass } = set()
  history.add(stats('a', ['a', 'b'], 1), true)
  pass(1000)
  history.add(stats('a', ['a', 'b'], 1), true)
  expect(totals()).toEqual([])
  expect(history.names).toEqual(['a', 'b'])
  expect(history.samplesOf('a')).toHaveLength(2)
  pass(9000)
  history.add(stats('a', ['a', 'b'], 4), true)
  expect(totals()).toEqual([4])
})

it('stops counting a node that is gone, or tells nothing any more', () => {
  const { history, totals, pass } = set()
  const serve = () => history.add(stats('a', ['a', 'b', 'c'], 1), true)
  history.add(stats('b', ['b', 'a', 'c'], 10), false)
  history.add(stats('c', ['c', 'a', 'b'], 100), false)
  serve()
  pass(10_001)
  history.add(stats('c', ['c', 'a', 'b'], 100), false)
  serve()
  history.add(stats('a', ['a'], 1), true)
  expect(totals()).toEqual([111, 101, 1])
  expect(history.samplesOf('c')).toEqual([])
})

it('counts a server that started anew, under another name, once', () => {
  const { history, totals } = set()
  history.add(stats('a', ['a'], 5), true)
  history.add(stats('a2', ['a2'], 6), true)
  expect(totals()).toEqual([5, 6])
})

it('keeps a minute', () => {
  const { history, totals, pass } = set()
  for (let i = 0; i < 70; i++) {
    history.add(stats('a', ['a'], i), true)
    pass(1000)
  }
  expect(totals()).toHaveLength(60)
})
