import type { DashboardUser } from '../../../../shared/api.ts'
import { Field } from '../../components/field.tsx'
import { Select } from '../../components/select.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { usersWords } from './words.ts'

type Role = DashboardUser['role']

interface RoleFieldProps {
  label: string
  role: Role
  /** Why it cannot be changed; absent where it can. */
  fixed?: string | undefined
  onChoose: (role: Role) => void
}

/** Admin or viewer, with what that means. */
export function RoleField({ label, role, fixed, onChoose }: RoleFieldProps) {
  const { roles } = useWords()
  const { roleHelp } = usePageWords(usersWords)
  const choices = (['viewer', 'admin'] as const).map((value) => ({ value, label: roles[value] }))
  return (
    <Field label={label} help={fixed ?? roleHelp[role]}>
      {({ control }) => (
        <Select {...control} value={role} choices={choices} disabled={fixed !== undefined} onChoose={onChoose} />
      )}
    </Field>
  )
}
