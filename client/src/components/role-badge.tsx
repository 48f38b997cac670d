import type { DashboardUser } from '../../../shared/api.ts'
import { useWords } from '../lib/language.ts'
import { Badge } from './badge.tsx'

export function RoleBadge({ role }: { role: DashboardUser['role'] }) {
  const { roles } = useWords()
  return <Badge meaning={role === 'admin' ? 'warn' : 'plain'}>{roles[role]}</Badge>
}
