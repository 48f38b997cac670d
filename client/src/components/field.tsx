import { useId, type ReactNode } from 'react'

const CONTROL =
  'w-full rounded-control border bg-panel px-3 text-body transition-colors aria-invalid:border-bad-line hover:border-line-strong'

interface Slots {
  /** Attributes that tie the control to its label, help and fault. */
  control: { id: string; 'aria-invalid': boolean; 'aria-describedby': string; className: string }
}

interface FieldProps {
  label: string
  help?: string | undefined
  /** What is wrong, in words that say what is allowed. */
  fault?: string | undefined
  children: (slots: Slots) => ReactNode
}

/** A label above, a control, and below it the help or the fault. */
export function Field({ label, help, fault, children }: FieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const control = {
    id,
    'aria-invalid': fault !== undefined,
    'aria-describedby': noteId,
    className: `${CONTROL} ${fault === undefined ? 'border-line' : 'border-bad-line'}`,
  }
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="text-row font-medium text-ink-soft">
        {label}
      </label>
      {children({ control })}
      <p id={noteId} className={`text-small empty:hidden ${fault === undefined ? 'text-ink-faint' : 'text-bad-text'}`}>
        {fault ?? help}
      </p>
    </div>
  )
}
