/** How tiles of one size fill a box, in CSS pixels. */
export interface Grid {
  columns: number
  rows: number
  tileWidth: number
  tileHeight: number
  /** Tiles on one page; all but the last page are full. */
  perPage: number
  pages: number
}

export const GAP_PX = 8
const MAX_PER_PAGE = 12
/** Narrower tiles show no face; there are fewer to a page instead. */
const MIN_TILE_WIDTH_PX = 150
const WIDEST = 16 / 9
/** A phone held upright crops pictures up to this shape rather than leave half of its screen empty. */
const TALLEST = 3 / 4

/**
 * Finds the largest tiles for `count` people in a box. Tiles are 16 : 9 in a wide box, and between that and 3 : 4 in
 * one that is taller than wide. It depends on the numbers alone, so that no tile moves while nobody comes or goes.
 */
export function layGrid(count: number, width: number, height: number): Grid {
  const people = Math.max(1, count)
  for (let perPage = Math.min(people, MAX_PER_PAGE); ; perPage--) {
    const fit = bestFit(perPage, width, height)
    if (fit.tileWidth >= MIN_TILE_WIDTH_PX || perPage === 1) {
      return { ...fit, perPage, pages: Math.ceil(people / perPage) }
    }
  }
}

type Fit = Pick<Grid, 'columns' | 'rows' | 'tileWidth' | 'tileHeight'>

function bestFit(count: number, width: number, height: number): Fit {
  const tallest = height > width ? TALLEST : WIDEST
  const fits = Array.from({ length: count }, (_, i) => fitColumns(count, i + 1, { width, height, tallest }))
  // The first of equals has the fewest columns: long rows are harder to read than columns.
  return fits.reduce((best, fit) => (area(fit) > area(best) ? fit : best))
}

interface Box {
  width: number
  height: number
  /** Least width per height of a tile. */
  tallest: number
}

function fitColumns(count: number, columns: number, { width, height, tallest }: Box): Fit {
  const rows = Math.ceil(count / columns)
  const cellWidth = Math.max(0, (width - GAP_PX * (columns - 1)) / columns)
  const cellHeight = Math.max(0, (height - GAP_PX * (rows - 1)) / rows)
  const shape = Math.min(WIDEST, Math.max(tallest, cellHeight === 0 ? WIDEST : cellWidth / cellHeight))
  const tileWidth = Math.floor(Math.min(cellWidth, cellHeight * shape))
  return { columns, rows, tileWidth, tileHeight: Math.floor(tileWidth / shape) }
}

function area({ tileWidth, tileHeight }: Fit): number {
  return tileWidth * tileHeight
}
