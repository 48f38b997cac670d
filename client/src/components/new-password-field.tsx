import { useWords } from '../lib/language.ts'
import { passwordFault } from '../lib/password.ts'
import { Field } from './field.tsx'
import { PasswordInput } from './password-input.tsx'

interface NewPasswordFieldProps {
  password: string
  /** Whether the server found it too easy to guess. */
  refused: boolean
  onText: (text: string) => void
}

/** A password to be: the rule in words, then what it still lacks. */
export function NewPasswordField({ password, refused, onText }: NewPasswordFieldProps) {
  const { password: words } = useWords()
  const fault = refused ? words.tooCommon : passwordFault(password, words)
  return (
    <Field label={words.new} help={words.rule} fault={password === '' ? undefined : fault}>
      {({ control }) => <PasswordInput {...control} value={password} onText={onText} autoComplete="new-password" />}
    </Field>
  )
}
