import { expect, it } from 'vitest'
import type { Stats } from '../../../shared/api.ts'
import { faultsOf } from './degraded.ts'

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
