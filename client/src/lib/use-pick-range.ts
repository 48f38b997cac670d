import { useCallback, useRef } from 'react'
import type { Picking, TableRow } from './use-data-table.ts'

/** Picks the row at an index or lets it go; with `range` all rows from the one before to it get the same. */
export type Pick = (index: number, range: boolean) => void

/** Returns how rows are picked, by mouse or keyboard; undefined where they are not. */
export function usePickRange<Row extends object>(
  rows: readonly TableRow<Row>[],
  picking: Picking | undefined,
): Pick | undefined {
  const last = useRef<string | null>(null)
  const onPick = picking?.onPick
  const pick = useCallback<Pick>(
    (index, range) => {
      const from = range ? rows.findIndex((row) => row.id === last.current) : -1
      const start = from < 0 ? index : Math.min(from, index)
      const keys = rows.slice(start, (from < 0 ? index : Math.max(from, index)) + 1).map((row) => row.id)
      const target = rows[index]
      if (target === undefined) return
      last.current = target.id
      onPick?.((old) => withKeys(old, keys, range || old[target.id] !== true))
    },
    [rows, onPick],
  )
  return onPick && pick
}

function withKeys(old: Record<string, true>, keys: readonly string[], on: boolean): Record<string, true> {
  if (on) return { ...old, ...Object.fromEntries(keys.map((key) => [key, true as const])) }
  const gone = new Set(keys)
  return Object.fromEntries(Object.entries(old).filter(([key]) => !gone.has(key)))
}
