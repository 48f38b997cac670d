import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Occupancy, VACANT_AFTER_MS } from './occupancy.ts'

function watch(occupancy: Occupancy, looks: readonly [isOccupied: boolean, atMs: number][]): string[] {
  return looks.flatMap(([isOccupied, atMs]) => {
    const what = occupancy.look('news', isOccupied, atMs)
    if (what !== null) occupancy.tell('news', what)
    return what === null ? [] : [what]
  })
}

describe('the occupancy of a channel', () => {
  it('is told once when somebody comes, and once when it has been empty for long enough', () => {
    const looks: [boolean, number][] = [
      [false, 0],
      [true, 100],
      [true, 200],
      [false, 300],
      [false, 300 + VACANT_AFTER_MS - 1],
      [false, 300 + VACANT_AFTER_MS],
      [false, 20_000],
    ]
    expect(watch(new Occupancy([]), looks)).toEqual(['occupied', 'vacated'])
  })

  it('is not told when whoever left is back in time', () => {
    const looks: [boolean, number][] = [
      [false, 0],
      [true, VACANT_AFTER_MS - 1],
      [false, VACANT_AFTER_MS],
      [false, 2 * VACANT_AFTER_MS - 1],
    ]
    expect(watch(new Occupancy(['news']), looks)).toEqual([])
  })

  it('goes on from what was told before', () => {
    expect(watch(new Occupancy(['news']), [[true, 0]])).toEqual([])
    const looks: [boolean, number][] = [
      [false, 0],
      [false, VACANT_AFTER_MS],
    ]
    expect(watch(new Occupancy(['news']), looks)).toEqual(['vacated'])
  })

  it('alternates whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 5000 }))), (steps) => {
        let nowMs = 0
        const told = watch(
          new Occupancy([]),
          steps.map(([isOccupied, waitMs]) => [isOccupied, (nowMs += waitMs)]),
        )
        return told.every((what, i) => what === (i % 2 === 0 ? 'occupied' : 'vacated'))
      }),
    )
  })
})
