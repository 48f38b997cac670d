import { useEffect, useRef, type MouseEvent } from 'react'

interface CheckboxProps {
  /** Read aloud. */
  label: string
  checked: boolean
  /** Shown as neither on nor off. */
  indeterminate?: boolean
  tabIndex?: number
  onClick: (event: MouseEvent) => void
}

/** A box to tick that stands without words beside it. */
export function Checkbox({ label, checked, indeterminate = false, tabIndex, onClick }: CheckboxProps) {
  const ref = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (ref.current) ref.current.indeterminate = indeterminate
  }, [indeterminate])

  return (
    // The label makes the target larger than the box.
    <label className="-m-1.5 flex size-7 cursor-pointer items-center justify-center">
      <input
        ref={ref}
        type="checkbox"
        aria-label={label}
        checked={checked}
        tabIndex={tabIndex}
        onClick={onClick}
        // What a click does is told by `onClick`, which knows of the shift key.
        onChange={() => {}}
        className="size-4 cursor-pointer accent-accent"
      />
    </label>
  )
}
