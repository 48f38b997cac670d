import type { Scope } from '../../../../shared/api.ts'
import { ChecksField } from '../../components/checks-field.tsx'
import { usePageWords } from '../../lib/language.ts'
import { keysWords } from './words.ts'

interface ScopesFieldProps {
  chosen: readonly Scope[]
  fault: string | undefined
  onChange: (scopes: Scope[]) => void
}

/** What a key may do, each right with its words. */
export function ScopesField(props: ScopesFieldProps) {
  const { form, scopes } = usePageWords(keysWords)
  const choices = (Object.keys(scopes) as Scope[]).map((scope) => ({ value: scope, ...scopes[scope] }))
  return <ChecksField label={form.scopes} choices={choices} nameWidth="w-20" {...props} />
}
