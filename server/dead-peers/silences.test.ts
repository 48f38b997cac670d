import { expect, it } from 'vitest'
import { Silences } from './silences.ts'

const ends = 'a b'
const socket = (tries: number, unacknowledged = 10) => ({ ends, tries, unacknowledged })

it('tells of a socket once it was silent long enough and tried often enough', () => {
  const silences = new Silences()
  expect(silences.note([socket(1)], 1000, 5000)).toEqual([])
  expect(silences.note([socket(2)], 5000, 5000)).toEqual([])
  expect(silences.note([socket(2)], 6000, 5000), 'twice is not enough').toEqual([])
  expect(silences.note([socket(3, 25)], 7000, 5000)).toEqual([{ ends, forMs: 6000 }])
  expect(silences.note([socket(3, 25)], 8000, 5000)).toEqual([{ ends, forMs: 7000 }])
})

it.each([
  ['is missing from one look', [[socket(3)], [], [socket(3)]]],
  ['was tried less often than before', [[socket(5)], [socket(4)], [socket(5)]]],
  ['has less to acknowledge than before', [[socket(3, 90)], [socket(3, 40)], [socket(3, 90)]]],
])('begins anew when a socket %s', (_how, looks) => {
  const silences = new Silences()
  for (const [i, look] of looks.entries()) expect(silences.note(look, i * 3000, 4000), `look ${i}`).toEqual([])
})

it('keeps each socket’s time apart', () => {
  const silences = new Silences()
  silences.note([socket(3)], 0, 5000)
  silences.note([socket(3), { ...socket(3), ends: 'c d' }], 2000, 5000)
  expect(silences.note([socket(4), { ...socket(4), ends: 'c d' }], 6000, 5000)).toEqual([{ ends, forMs: 6000 }])
})
