import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState } from 'react'

/** Up to here all rows stand in the document. */
const ALL_UP_TO = 100
/** Rows drawn beyond what is seen, so that a quick scroll shows no blank. */
const OVERSCAN = 12
/** What is kept free above a row that is brought into sight: the head sticks there. */
const HEAD_PX = 40
const FIRST_GUESS_PX = 37

/** What is drawn, from top to bottom: rows, and space that stands for those that are not. */
export type Piece = { kind: 'row'; index: number } | { kind: 'space'; px: number; before: number }

export interface RowWindow {
  pieces: readonly Piece[]
  /** To be called with each drawn row, which carries `data-index`. */
  measure: (row: HTMLElement | null) => void
  /** Scrolls no further than needed to show a row. */
  reveal: (index: number) => void
}

/**
 * Tells which of `count` rows are in sight of the page, which is what scrolls, so that only those are drawn. `focused`
 * is drawn in any case, since an element that goes takes the focus with it.
 */
export function useRowWindow(
  body: { readonly current: HTMLElement | null },
  count: number,
  focused: number | null,
): RowWindow {
  const [marginPx, setMarginPx] = useState(0)
  const page = useRef<HTMLElement | null>(null)
  const rows = useVirtualizer({
    count,
    enabled: count > ALL_UP_TO,
    getScrollElement: () => (page.current ??= body.current?.closest('main') ?? null),
    estimateSize: () => FIRST_GUESS_PX,
    overscan: OVERSCAN,
    scrollMargin: marginPx,
    scrollPaddingStart: HEAD_PX,
    rangeExtractor: (range) => withFocused(defaultRangeExtractor(range), focused, count),
  })

  useLayoutEffect(() => {
    if (count <= ALL_UP_TO || body.current === null || page.current === null) return
    const offset = body.current.getBoundingClientRect().top - page.current.getBoundingClientRect().top
    setMarginPx(Math.round(offset + page.current.scrollTop))
  }, [body, count])

  if (count <= ALL_UP_TO) {
    const pieces = Array.from({ length: count }, (_, index): Piece => ({ kind: 'row', index }))
    return { pieces, measure: () => {}, reveal: () => {} }
  }
  return {
    pieces: piecesOf(rows.getVirtualItems(), marginPx, marginPx + rows.getTotalSize(), count),
    measure: rows.measureElement,
    reveal: (index) => rows.scrollToIndex(index, { align: 'auto' }),
  }
}

/** Parts what lies between `fromPx` and `toPx` into the rows that are drawn and the space around them. */
export function piecesOf(
  rows: readonly { index: number; start: number; end: number }[],
  fromPx: number,
  toPx: number,
  count: number,
): Piece[] {
  const pieces: Piece[] = []
  let atPx = fromPx
  const leave = (untilPx: number, before: number) => {
    if (untilPx > atPx) pieces.push({ kind: 'space', px: untilPx - atPx, before })
  }
  for (const { index, start, end } of rows) {
    leave(start, index)
    pieces.push({ kind: 'row', index })
    atPx = end
  }
  leave(toPx, count)
  return pieces
}

function withFocused(indexes: number[], focused: number | null, count: number): number[] {
  if (focused === null || focused >= count || indexes.includes(focused)) return indexes
  return [...indexes, focused].sort((a, b) => a - b)
}
