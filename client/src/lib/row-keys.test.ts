import { expect, it } from 'vitest'
import { readRowKey } from './row-keys.ts'

it.each([
  ['j', -1, 0],
  ['ArrowDown', 3, 4],
  ['ArrowDown', 9, 9],
  ['k', 3, 2],
  ['ArrowUp', 0, 0],
  ['PageDown', 5, 9],
  ['PageUp', 5, 0],
  ['Home', 7, 0],
  ['End', 0, 9],
])('goes with %s when row %i of ten is active', (key, active, index) => {
  expect(readRowKey(key, active, 10)).toEqual({ kind: 'go', index })
})

it('opens only when a row is active', () => {
  expect(readRowKey('Enter', 2, 10)).toEqual({ kind: 'open' })
  expect(readRowKey('Enter', -1, 10)).toBeNull()
})

it('goes nowhere when there are no rows', () => {
  expect(readRowKey('j', -1, 0)).toBeNull()
})

it('leaves other keys to the browser when they are pressed', () => {
  expect(readRowKey('Tab', 2, 10)).toBeNull()
})
