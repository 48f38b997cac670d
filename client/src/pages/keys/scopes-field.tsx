import { useId } from 'react'
import type { Scope } from '../../../../shared/api.ts'
import { usePageWords } from '../../lib/language.ts'
import { keysWords } from './words.ts'

interface ScopesFieldProps {
  chosen: readonly Scope[]
  fault: string | undefined
  onChange: (scopes: Scope[]) => void
}

/** What a key may do, each right with its words. */
export function ScopesField({ chosen, fault, onChange }: ScopesFieldProps) {
  const { form, scopes } = usePageWords(keysWords)
  const faultId = useId()
  const all = Object.keys(scopes) as Scope[]
  const toggle = (scope: Scope) => onChange(all.filter((other) => chosen.includes(other) !== (other === scope)))
  return (
    <fieldset className="flex flex-col gap-1.5" aria-describedby={faultId}>
      <legend className="mb-1.5 text-row font-medium text-ink-soft">{form.scopes}</legend>
      <div className="flex flex-col rounded-control border border-line">
        {all.map((scope) => (
          <label
            key={scope}
            className="flex min-h-9 cursor-pointer items-center gap-2.5 border-b border-line px-3 py-1 text-row last:border-b-0 hover:bg-hover"
          >
            <input
              type="checkbox"
              checked={chosen.includes(scope)}
              onChange={() => toggle(scope)}
              className="size-4 shrink-0 accent-accent"
            />
            <span className="w-20 shrink-0 font-mono text-small">{scopes[scope].name}</span>
            <span className="text-ink-soft">{scopes[scope].help}</span>
          </label>
        ))}
      </div>
      <p id={faultId} className="text-small text-bad-text empty:hidden">
        {fault}
      </p>
    </fieldset>
  )
}
