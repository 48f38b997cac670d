import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import type { DashboardUser } from '../../../shared/api.ts'
import { fetchUser, signIn, signOut } from './api.ts'
import { clearHash, useHash } from './router.ts'
import { createValue } from './value.ts'

export const SESSION_KEY = ['session'] as const

/** Whether the reader was signed out by something else than their own hand. */
export const sessionEnded = createValue(false)

/** Set while the reader signs out. */
let leaving = false

/** Who is signed in; its data is null when nobody is. */
export function useSession() {
  const session = useQuery({ queryKey: SESSION_KEY, queryFn: fetchUser, staleTime: Infinity, retry: 1 })
  useFarewell(session.data)
  return session
}

/** Lets go of all that was shown when the session is over: the next reader of this tab may be another. */
function useFarewell(user: DashboardUser | null | undefined) {
  const queries = useQueryClient()
  const known = user?.id
  useEffect(() => {
    if (known === undefined) return
    return () => {
      sessionEnded.set(!leaving)
      leaving = false
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] })
    }
  }, [known, queries])
}

export function useSignIn() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: signIn,
    onSuccess: (user) => begin(queries, user),
  })
}

/** Goes on as `user`, who has just signed in. */
export async function begin(queries: QueryClient, user: DashboardUser): Promise<void> {
  // A one-time link signs in while the first question is still open: its answer is out of date.
  await queries.cancelQueries({ queryKey: SESSION_KEY })
  sessionEnded.set(false)
  queries.setQueryData(SESSION_KEY, user)
}

export function useSignOut(): () => void {
  const queries = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: signOut,
    onMutate: () => void (leaving = true),
    onError: () => void (leaving = false),
    onSettled: () => queries.invalidateQueries({ queryKey: SESSION_KEY }),
  })
  return () => mutate()
}

/** Calls `use` with the code of a one-time link (`#code=…`), and takes it out of the address and the history. */
export function useLinkCode(use: (code: string) => void): void {
  const code = useHash('code')
  const onCode = useEffectEvent(use)

  useEffect(() => {
    if (code === null) return
    clearHash()
    onCode(code)
  }, [code])
}
