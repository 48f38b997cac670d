import { ChevronDown } from 'lucide-react'

interface SelectProps<T extends string> {
  id: string
  className: string
  disabled?: boolean
  value: T
  choices: readonly { value: T; label: string }[]
  onChoose: (value: T) => void
}

/** One of a few, chosen with the browser's own list. */
export function Select<T extends string>({ className, value, choices, onChoose, ...props }: SelectProps<T>) {
  return (
    <div className="relative">
      <select
        {...props}
        value={value}
        // Only the choices above can be chosen.
        onChange={(event) => onChoose(event.target.value as T)}
        className={`${className} h-9 cursor-pointer appearance-none pr-9 disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-faint`}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute inset-y-0 right-2.5 my-auto size-4 text-ink-faint"
      />
    </div>
  )
}
