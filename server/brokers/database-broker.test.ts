import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newMessage, turn } from '../../tests/support/hub.ts'
import { LogDatabase } from '../../tests/support/log-database.ts'
import { until } from '../../tests/support/until.ts'
import { DatabaseBroker } from './database-broker.ts'

let database: LogDatabase
let broker: DatabaseBroker
let grown: (offset?: number) => void
let reads: number
const offsets: number[] = []

beforeEach(async () => {
  database = new LogDatabase()
  offsets.length = 0
  const listen = (onGrown: typeof grown) => {
    grown = onGrown
    return () => Promise.resolve()
  }
  broker = new DatabaseBroker('postgres', database.pool, pino({ level: 'silent' }), { notify: true, listen })
  await broker.start({
    onHead: () => undefined,
    onEntries: (entries) => void offsets.push(...entries.map(({ offset }) => offset)),
  })
  reads = 0
  database.gate = async (kind) => void (reads += kind === 'read' ? 1 : 0)
})
afterEach(() => broker.close())

it('reads what another node wrote with one question, however often it is told', async () => {
  for (let n = 1; n <= 3; n++) {
    database.write('a', newMessage('a', n).body)
    grown(n)
  }
  await until(() => offsets.length === 3)
  expect(offsets).toEqual([1, 2, 3])
  expect(reads).toBe(1)
})

it('asks nothing when it is told of its own commit, before the commit is answered or after', async () => {
  database.gate = async (kind) => {
    reads += kind === 'read' ? 1 : 0
    if (kind === 'append') grown(1)
  }
  await broker.append({ messages: [newMessage('a', 1)], idempotent: null })
  grown(1)
  await turn()
  expect(offsets).toEqual([1])
  expect(reads).toBe(0)
})

it('looks whatever it knows when it is told nothing more than that it may have grown', async () => {
  await broker.append({ messages: [newMessage('a', 1)], idempotent: null })
  grown()
  await until(() => reads === 1)
  expect(offsets).toEqual([1])
})
