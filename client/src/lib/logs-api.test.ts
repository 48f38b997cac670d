import { expect, it } from 'vitest'
import type { LogRecord } from '../../../shared/api.ts'
import { isFound, logQuery, type LogSearch } from './logs-api.ts'

const ALL: LogSearch = { levels: [], type: '', q: '', since: '', until: '' }
const log: LogRecord = {
  id: 'a',
  timestamp: '2026-11-20T12:00:00.000Z',
  level: 'warn',
  type: 'refused',
  message: 'Request refused',
  data: { path: '/api/Orders' },
  actor: 'key:shop',
  node: 'n',
}

it('asks for nothing that is not set, and for each level', () => {
  expect(logQuery(ALL).toString()).toBe('')
  expect(logQuery({ ...ALL, levels: ['warn', 'error'], q: 'a b' }).toString()).toBe('level=warn&level=error&q=a+b')
})

it.each([
  [true, {}],
  [true, { levels: ['warn'] }],
  [false, { levels: ['info', 'error'] }],
  [true, { type: 'refused' }],
  [false, { type: 'refuse' }],
  [true, { q: 'orders' }],
  [true, { q: 'KEY:' }],
  [false, { q: 'nothing like it' }],
  [true, { since: '2026-11-20T12:00:00Z', until: '2026-11-20T12:00:00Z' }],
  [false, { since: '2026-11-20T12:00:01Z' }],
  [false, { until: '2026-11-20T11:59:59Z' }],
] as const)('is %s for an entry of the log when %o is asked for', (found, search) => {
  expect(isFound({ ...ALL, ...search }, log)).toBe(found)
})
