import { useEffectEvent, useLayoutEffect, useState, type RefObject } from 'react'

/** Rows drawn above and below what is seen, so that a quick scroll shows no blank. */
const MARGIN_ROWS = 6

export interface WindowOfRows {
  /** Index of the first row to draw, and of the one after the last. */
  first: number
  end: number
  onScroll: () => void
  /** Scrolls no further than needed to show a row. */
  reveal: (index: number) => void
  scrollToTop: () => void
}

/** Tells which of `count` rows of one height are in sight of a scrolling box `ref`, so that only those are drawn. */
export function useWindowOfRows(
  ref: RefObject<HTMLDivElement | null>,
  count: number,
  rowPx: number,
  onTopChange: (atTop: boolean) => void,
): WindowOfRows {
  const [seen, setSeen] = useState({ top: 0, height: 0 })

  function measure() {
    const box = ref.current
    if (!box) return
    // A row's height is precise enough: scrolling within one renders nothing again.
    const top = Math.floor(Math.max(0, box.scrollTop) / rowPx) * rowPx
    setSeen((old) => (old.top === top && old.height === box.clientHeight ? old : { top, height: box.clientHeight }))
  }

  const onResize = useEffectEvent(measure)

  useLayoutEffect(() => {
    onResize()
    const observer = new ResizeObserver(() => onResize())
    if (ref.current) observer.observe(ref.current)
    return () => observer.disconnect()
  }, [ref, rowPx])

  return {
    first: Math.max(0, Math.floor(seen.top / rowPx) - MARGIN_ROWS),
    end: Math.min(count, Math.ceil((seen.top + seen.height) / rowPx) + MARGIN_ROWS),
    onScroll() {
      measure()
      onTopChange((ref.current?.scrollTop ?? 0) <= 0)
    },
    reveal(index) {
      const box = ref.current
      if (!box) return
      if (index * rowPx < box.scrollTop) box.scrollTop = index * rowPx
      const below = (index + 1) * rowPx - box.clientHeight
      if (below > box.scrollTop) box.scrollTop = below
    },
    scrollToTop() {
      if (ref.current) ref.current.scrollTop = 0
    },
  }
}
