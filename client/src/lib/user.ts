import { createContext, use } from 'react'
import type { DashboardUser } from '../../../shared/api.ts'

export const UserContext = createContext<DashboardUser | null>(null)

/** Who is signed in, on every page behind the sign-in. */
export function useUser(): DashboardUser {
  const user = use(UserContext)
  if (user === null) throw new Error('useUser is called outside UserContext')
  return user
}

/** Tells whether the reader may change things; viewers are shown no button that would fail. */
export function useIsAdmin(): boolean {
  return useUser().role === 'admin'
}
