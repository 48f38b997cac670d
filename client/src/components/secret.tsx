import { useId } from 'react'
import { CopyButton } from './copy-button.tsx'

interface SecretProps {
  label: string
  text: string
}

/** A text that is shown once: all of it in sight, chosen whole by one click, with a button that copies it. */
export function Secret({ label, text }: SecretProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center justify-between gap-2">
        <label htmlFor={id} className="text-row font-medium text-ink-soft">
          {label}
        </label>
        <CopyButton text={text} />
      </div>
      <textarea
        id={id}
        data-first
        readOnly
        rows={2}
        value={text}
        spellCheck={false}
        onFocus={(event) => event.target.select()}
        className="resize-none rounded-card border border-line-strong bg-sunken p-3 font-mono text-row break-all"
      />
    </div>
  )
}
