import { expect, it } from 'vitest'
import type { Stats } from '../../../shared/api.ts'
import { faultsOf, faultsOfAll } from './degraded.ts'

const well = {
  connections: { current: 10, max: 100, slowLastMinute: 0 },
  eventLoopLagMs: { p50: 0, p99: 4 },
  database: { kind: 'pglite', ok: true, latencyMs: 1, unclean: false },
  broker: { kind: 'local', ok: true },
  mqtt: null,
} as Stats

const kinds = (changes: Partial<Stats>) => faultsOf({ ...well, ...changes }).map(({ kind }) => kind)

it('finds nothing when all is well', () => {
  expect(kinds({})).toEqual([])
})

it('names the database alone when the broker is away with it', () => {
  const database = { ...well.database, ok: false }
  expect(kinds({ database, broker: { kind: 'local', ok: false } })).toEqual(['database'])
  expect(kinds({ broker: { kind: 'nats', ok: false } })).toEqual(['broker'])
})

it('tells when the MQTT broker is away, where there is one', () => {
  const mqtt = { ok: true, received: 0, published: 0, refused: {}, skipped: { retained: 0, repeated: 0 } }
  expect(kinds({ mqtt })).toEqual([])
  expect(kinds({ mqtt: { ...mqtt, ok: false } })).toEqual(['mqtt'])
})

it('warns when nine tenths of the connections are taken, readers are slow or the loop lags', () => {
  expect(kinds({ connections: { ...well.connections, current: 89 } })).toEqual([])
  const connections = { ...well.connections, current: 90, slowLastMinute: 2 }
  expect(kinds({ connections, eventLoopLagMs: { p50: 1, p99: 300 } })).toEqual(['room', 'lag', 'slow'])
})

it('tells of an end without notice', () => {
  expect(kinds({ database: { ...well.database, unclean: true } })).toEqual(['unclean'])
})

it('tells each fault of several nodes once, of the worst of them first', () => {
  const lagging = (node: string, p99: number) => ({ ...well, node, eventLoopLagMs: { p50: 0, p99 } })
  const away = { ...well.broker, ok: false }
  expect(faultsOfAll([lagging('a', 300), lagging('b', 10), { ...lagging('c', 900), broker: away }])).toEqual([
    { fault: { kind: 'broker', what: 'local' }, nodes: ['c'] },
    { fault: { kind: 'lag', ms: 900 }, nodes: ['c', 'a'] },
  ])
})
