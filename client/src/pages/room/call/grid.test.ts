import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GAP_PX, layGrid } from './grid.ts'

describe('layGrid', () => {
  it('puts two side by side when the box is wide', () => {
    expect(layGrid(2, 1200, 600)).toMatchObject({ columns: 2, rows: 1, tileWidth: 596, pages: 1 })
  })

  it('puts two above each other, and crops them, when a phone is held upright', () => {
    const grid = layGrid(2, 374, 620)
    expect(grid).toMatchObject({ columns: 1, rows: 2 })
    expect(grid.tileHeight).toBe(306)
  })

  it('puts six in three columns and twelve in four when the box is wide', () => {
    expect(layGrid(6, 1280, 640)).toMatchObject({ columns: 3, rows: 2 })
    expect(layGrid(12, 1280, 640)).toMatchObject({ columns: 4, rows: 3, pages: 1 })
  })

  it('turns pages when there are more than twelve, or when tiles would get too narrow', () => {
    expect(layGrid(13, 1280, 640)).toMatchObject({ perPage: 12, pages: 2 })
    expect(layGrid(12, 374, 560)).toMatchObject({ columns: 2, perPage: 10, pages: 2 })
  })

  it('never leaves the box, nor a person out, whatever the numbers', () => {
    const side = fc.integer({ min: 0, max: 4000 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), side, side, (count, width, height) => {
        const grid = layGrid(count, width, height)
        expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(grid.perPage)
        expect(grid.perPage * grid.pages).toBeGreaterThanOrEqual(count)
        if (grid.tileWidth === 0) return
        expect(grid.columns * grid.tileWidth + (grid.columns - 1) * GAP_PX).toBeLessThanOrEqual(width)
        expect(grid.rows * grid.tileHeight + (grid.rows - 1) * GAP_PX).toBeLessThanOrEqual(height)
      }),
    )
  })

  it('is 16 : 9 when the box is wide', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 600, max: 4000 }), (count, width) => {
        const { tileWidth, tileHeight } = layGrid(count, width, width / 2)
        expect(Math.abs(tileWidth - (tileHeight * 16) / 9)).toBeLessThan(2)
      }),
    )
  })
})
