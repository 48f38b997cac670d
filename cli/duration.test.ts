import { expect, it } from 'vitest'
import { readSeconds } from './duration.ts'

it.each([
  ['90', 90],
  ['90s', 90],
  ['15m', 900],
  ['1h', 3600],
  ['7d', 604_800],
  ['2w', 1_209_600],
])('reads %s', (text, seconds) => {
  expect(readSeconds(text, '--expires', 14)).toBe(seconds)
})

it.each(['', '0', '0h', '-1', '1.5h', '1 hour', '1y', '9999999999', '15d', '999999999w'])(
  'names the option when %j is no duration',
  (text) => {
    expect(() => readSeconds(text, '--expires', 14)).toThrow(
      /^--expires is ".*"; give a duration such as 90s.*at most 14d$/,
    )
  },
)
