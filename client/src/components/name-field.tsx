import { Field } from './field.tsx'

interface NameFieldProps {
  label: string
  help?: string
  value: string
  maxLength: number
  placeholder?: string
  onChange: (value: string) => void
}

/** What something is called; a dialog opens with the focus here. */
export function NameField({ label, help, value, onChange, ...limits }: NameFieldProps) {
  return (
    <Field label={label} help={help}>
      {({ control }) => (
        <input
          {...control}
          {...limits}
          className={`${control.className} h-9`}
          data-first
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoComplete="off"
        />
      )}
    </Field>
  )
}
