import { describe, expect, it } from 'vitest'
import { piecesOf } from './use-row-window.ts'

const row = (index: number) => ({ index, start: 100 + index * 40, end: 140 + index * 40 })

describe('piecesOf', () => {
  it('leaves space above and below when the rows in sight are in the middle', () => {
    expect(piecesOf([row(5), row(6)], 100, 500, 10)).toEqual([
      { kind: 'space', px: 200, before: 5 },
      { kind: 'row', index: 5 },
      { kind: 'row', index: 6 },
      { kind: 'space', px: 120, before: 10 },
    ])
  })

  it('leaves space between when the row with the focus is out of sight', () => {
    expect(piecesOf([row(0), row(4)], 100, 300, 5)).toEqual([
      { kind: 'row', index: 0 },
      { kind: 'space', px: 120, before: 4 },
      { kind: 'row', index: 4 },
    ])
  })

  it('is all space when nothing is drawn yet', () => {
    expect(piecesOf([], 100, 500, 10)).toEqual([{ kind: 'space', px: 400, before: 10 }])
  })
})
