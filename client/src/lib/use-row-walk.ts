import { useEffect, useState, type KeyboardEvent } from 'react'
import { readRowKey } from './row-keys.ts'

/** What can be done to a row by the keyboard; rows are named by their index. */
interface RowWalk {
  count: number
  /** Opens a row; without it Enter presses the row's first button or link. */
  onOpen: ((index: number) => void) | undefined
  /** Picks a row or lets it go, with `range` all from the last picked one; without it x presses the row's danger. */
  onPick: ((index: number, range: boolean) => void) | undefined
  reveal: (index: number) => void
}

/**
 * Walks through the rows of a table body: j, k, arrows, Page and End move the focus, Enter opens, x picks. The row that
 * gets the focus is brought into the document first. `focused` is where the keyboard is; null while it is elsewhere.
 */
export function useRowWalk(body: { readonly current: HTMLElement | null }) {
  const [focused, setFocused] = useState<number | null>(null)
  const [wanted, setWanted] = useState<number | null>(null)

  useEffect(() => {
    if (wanted === null) return
    const row = body.current?.querySelector<HTMLElement>(`:scope > [data-index="${wanted}"]`)
    if (!row) return
    row.focus({ preventScroll: false })
    setWanted(null)
  }, [body, wanted, focused])

  function go(index: number, { reveal }: RowWalk) {
    reveal(index)
    setFocused(index)
    setWanted(index)
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>, walk: RowWalk) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const row = event.target
    if (!(row instanceof HTMLElement) || row.dataset.index === undefined) return
    const at = Number(row.dataset.index)
    if (event.key === 'x' || event.key === 'X') return pick(row, at, event.shiftKey, walk)
    const move = readRowKey(event.key, at, walk.count)
    if (move === null) return
    event.preventDefault()
    if (move.kind === 'leave') return row.blur()
    if (move.kind === 'open') return open(row, at, walk)
    if (event.shiftKey && walk.onPick) walk.onPick(move.index, true)
    go(move.index, walk)
  }

  return { focused, setFocused, onKeyDown }
}

function open(row: HTMLElement, index: number, { onOpen }: RowWalk) {
  if (onOpen) onOpen(index)
  else row.querySelector<HTMLElement>('[data-open], td:not([data-pick]) button')?.click()
}

function pick(row: HTMLElement, index: number, range: boolean, { onPick }: RowWalk) {
  if (onPick) onPick(index, range)
  else row.querySelector<HTMLElement>('[data-destructive]')?.click()
}
