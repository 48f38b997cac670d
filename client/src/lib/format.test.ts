import { expect, it } from 'vitest'
import { formatBytes, formatCount, formatDuration, formatMillis, formatTime } from './format.ts'

const units = { day: 'd', hour: 'h', minute: 'min', second: 's' }

it.each([
  [0, '0'],
  [0.4, '0.4'],
  [9999, '9,999'],
  [12_400, '12.4k'],
  [3_250_000, '3.3M'],
])('shortens the count when it is %d', (count, text) => {
  expect(formatCount(count, 'en')).toBe(text)
})

it('writes the decimal comma when the language has one', () => {
  expect(formatCount(12_400, 'tr')).toBe('12,4k')
})

it.each([
  [0, '0 B'],
  [1536, '1.5 KiB'],
  [96 * 1024 * 1024, '96 MiB'],
])('picks the unit when there are %d bytes', (bytes, text) => {
  const { value, unit } = formatBytes(bytes, 'en')
  expect(`${value} ${unit}`).toBe(text)
})

it.each([
  [0.083, '0.08 ms'],
  [4.24, '4.2 ms'],
  [1340, '1.3 s'],
])('picks the unit when it takes %d ms', (ms, text) => {
  const { value, unit } = formatMillis(ms, 'en')
  expect(`${value} ${unit}`).toBe(text)
})

it.each([
  [0, '0 s'],
  [59.9, '59 s'],
  [725, '12 min 5 s'],
  [3600, '1 h 0 min'],
  [273_600, '3 d 4 h'],
])('keeps the two largest units when %d seconds have passed', (seconds, text) => {
  expect(formatDuration(seconds, units)).toBe(text)
})

it('shows the text as it came when it is no time', () => {
  expect(formatTime('yesterday')).toBe('yesterday')
})
