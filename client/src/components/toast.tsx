import { CircleAlert, CircleCheck } from 'lucide-react'
import { useEffect } from 'react'
import { toast, type ToastAction } from '../lib/toast.ts'
import { useValue } from '../lib/value.ts'
import { Button } from './button.tsx'

const SHOWN_MS = 5000
/** Whoever may still undo it needs time to read and reach. */
const SHOWN_WITH_ACTION_MS = 12_000

/** The place where what was just done or failed is told, and read aloud. */
export function Toast() {
  const shown = useValue(toast)

  useEffect(() => {
    if (shown === null) return
    const timer = setTimeout(() => toast.set(null), shown.action ? SHOWN_WITH_ACTION_MS : SHOWN_MS)
    return () => clearTimeout(timer)
  }, [shown])

  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 bottom-4 z-30 flex justify-center px-4"
      data-testid="toast"
      data-outcome={shown?.outcome}
    >
      {shown && (
        <p className="flex max-w-full items-center gap-2 rounded-control border border-line-strong bg-panel px-3.5 py-2 text-row shadow-float">
          {shown.outcome === 'done' ? (
            <CircleCheck aria-hidden className="size-4 shrink-0 text-good-text" />
          ) : (
            <CircleAlert aria-hidden className="size-4 shrink-0 text-bad-text" />
          )}
          <span className="min-w-0 break-words">{shown.text}</span>
          {shown.action && <Act action={shown.action} />}
        </p>
      )}
    </div>
  )
}

function Act({ action }: { action: ToastAction }) {
  function run() {
    toast.set(null)
    action.run()
  }
  return (
    <Button look="ghost" size="small" className="pointer-events-auto -my-1 text-accent-text" onClick={run}>
      {action.label}
    </Button>
  )
}
