import { describe, expect, it } from 'vitest'
import { moveChoice } from './move-choice.ts'

describe('moveChoice', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 9, 0],
    ['ArrowUp', 0, 9],
    ['ArrowUp', -1, 9],
    ['PageDown', 5, 9],
    ['PageUp', 5, 0],
  ])('answers %s at %i of ten with %i', (key, from, to) => {
    expect(moveChoice(key, from, 10)).toBe(to)
  })

  it('leaves the keys of the field to the field', () => {
    for (const key of ['Home', 'End', 'ArrowLeft', 'ArrowRight', 'a']) expect(moveChoice(key, 3, 10)).toBeNull()
  })

  it('moves nowhere when nothing is shown', () => {
    expect(moveChoice('ArrowDown', -1, 0)).toBeNull()
  })
})
