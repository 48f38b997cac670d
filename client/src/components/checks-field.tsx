import { useId } from 'react'

interface ChecksFieldProps<Value extends string> {
  label: string
  /** What there is to choose, in the order in which the chosen are told. */
  choices: readonly { value: Value; name: string; help: string }[]
  chosen: readonly Value[]
  fault: string | undefined
  /** A class that makes the names one column. */
  nameWidth: string
  onChange: (chosen: Value[]) => void
}

/** Any number of values to tick, each with its words, in one frame. */
export function ChecksField<Value extends string>(props: ChecksFieldProps<Value>) {
  const { label, choices, chosen, fault, nameWidth, onChange } = props
  const faultId = useId()
  const toggle = (toggled: Value) =>
    onChange(choices.map(({ value }) => value).filter((value) => chosen.includes(value) !== (value === toggled)))
  return (
    <fieldset className="flex flex-col gap-1.5" aria-describedby={faultId}>
      <legend className="mb-1.5 text-row font-medium text-ink-soft">{label}</legend>
      <div className="flex flex-col rounded-control border border-line">
        {choices.map(({ value, name, help }) => (
          <label
            key={value}
            className="flex min-h-9 cursor-pointer items-center gap-2.5 border-b border-line px-3 py-1 text-row last:border-b-0 hover:bg-hover"
          >
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={() => toggle(value)}
              className="size-4 shrink-0 accent-accent"
            />
            <span className={`${nameWidth} shrink-0 font-mono text-small`}>{name}</span>
            <span className="text-ink-soft">{help}</span>
          </label>
        ))}
      </div>
      <p id={faultId} className="text-small text-bad-text empty:hidden">
        {fault}
      </p>
    </fieldset>
  )
}
