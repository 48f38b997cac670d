import { Field } from '../../components/field.tsx'
import { Select } from '../../components/select.tsx'
import { usePageWords } from '../../lib/language.ts'
import { LIFETIMES_DAYS, type KeyDraft, type Lifetime } from './key-draft.ts'
import { keysWords } from './words.ts'

interface ExpiryFieldProps {
  lifetime: Lifetime
  lastDay: string
  fault: string | undefined
  onChange: (part: Partial<KeyDraft>) => void
}

/** How long a key is good: never ending, so many days, or up to a day. */
export function ExpiryField({ lifetime, lastDay, fault, onChange }: ExpiryFieldProps) {
  const { form } = usePageWords(keysWords)
  const choices: { value: Lifetime; label: string }[] = [
    { value: 'never', label: form.lifetimes.never },
    ...LIFETIMES_DAYS.map((days) => ({ value: `${days}` as const, label: form.lifetimes.days(days) })),
    { value: 'date', label: form.lifetimes.date },
  ]
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={form.expires}>
        {({ control }) => (
          <Select {...control} value={lifetime} choices={choices} onChoose={(lifetime) => onChange({ lifetime })} />
        )}
      </Field>
      {lifetime === 'date' && (
        <Field label={form.date} fault={fault}>
          {({ control }) => (
            <input
              {...control}
              className={`${control.className} h-9`}
              type="date"
              required
              value={lastDay}
              onChange={(event) => onChange({ lastDay: event.target.value })}
            />
          )}
        </Field>
      )}
    </div>
  )
}
