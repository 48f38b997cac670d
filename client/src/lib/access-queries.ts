import { useQuery } from '@tanstack/react-query'
import { fetchInvitations, fetchKeys, fetchSessions, fetchUsers } from './access-api.ts'

/** The names under which lists are kept; a change makes the list stale by its name. */
export const KEYS = ['keys'] as const
export const USERS = ['users'] as const
export const INVITATIONS = ['invitations'] as const
export const SESSIONS = ['sessions'] as const

export const useKeys = () => useQuery({ queryKey: KEYS, queryFn: fetchKeys })
export const useUsers = () => useQuery({ queryKey: USERS, queryFn: fetchUsers })
export const useInvitations = () => useQuery({ queryKey: INVITATIONS, queryFn: fetchInvitations })
export const useSessions = (all: boolean) =>
  useQuery({ queryKey: [...SESSIONS, { all }], queryFn: () => fetchSessions(all) })
