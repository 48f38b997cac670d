import { expect, it } from 'vitest'
import { logEntry } from '../../tests/support/hub.ts'
import { archiveRowOf } from './archive-row.ts'
import { archiveTo } from './archiver.ts'

const state = { epoch: 'e', floor: 0, trimmed: 0 }
const page = (offsets: number[], changes: Partial<typeof state> = {}) => ({
  entries: offsets.map((offset) => logEntry(offset)),
  state: { ...state, ...changes },
})
const from = { head: 10, trimmed: 2 }

it.each([
  ['moves to the last entry of a page', page([11, 12]), { to: { head: 12, trimmed: 2 }, lost: 0 }],
  ['moves over offsets that belong to no message', page([]), { to: { head: 20, trimmed: 2 }, lost: 0 }],
  [
    'tells a gap when messages left the engine before they were archived',
    page([16], { trimmed: 15 }),
    { to: { head: 16, trimmed: 15 }, lost: 5 },
  ],
  [
    'tells no gap when the log began anew far ahead',
    page([1001], { floor: 1000, trimmed: 1000 }),
    { to: { head: 1001, trimmed: 2 }, lost: 0 },
  ],
  [
    'tells a gap from the beginning of the epoch alone',
    page([1006], { floor: 1000, trimmed: 1005 }),
    { to: { head: 1006, trimmed: 1005 }, lost: 5 },
  ],
])('%s', (_name, given, expected) => {
  expect(archiveTo(from, given, 20)).toEqual(expected)
})

it('reads the columns of a row out of the text', () => {
  const text = '{"channel":"a","timestamp":"2026-01-02T03:04:05.678Z","type":"bell","from":"ada","n":1}'
  const entry = { offset: 7, channel: 'a', body: text, exclude: 'c', source: null }
  const timestampMs = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
  expect(archiveRowOf(entry)).toEqual({ ...entry, source: undefined, type: 'bell', sender: 'ada', timestampMs })
  expect(archiveRowOf({ ...entry, body: text.replace(',"from":"ada"', '') }).sender).toBeNull()
})
