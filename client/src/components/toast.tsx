import { CircleCheck } from 'lucide-react'
import { useEffect } from 'react'
import { toast } from '../lib/toast.ts'
import { useValue } from '../lib/value.ts'

const SHOWN_MS = 5000

/** The place where what was just done is told, and read aloud. */
export function Toast() {
  const shown = useValue(toast)

  useEffect(() => {
    if (shown === null) return
    const timer = setTimeout(() => toast.set(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [shown])

  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 bottom-4 z-30 flex justify-center px-4"
      data-testid="toast"
    >
      {shown && (
        <p className="flex max-w-full items-center gap-2 rounded-control border border-line-strong bg-panel px-3.5 py-2 text-row shadow-float">
          <CircleCheck aria-hidden className="size-4 shrink-0 text-good-text" />
          <span className="min-w-0 break-words">{shown.text}</span>
        </p>
      )}
    </div>
  )
}
