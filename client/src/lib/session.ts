import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { fetchUser, signIn, signOut } from './api.ts'

export const SESSION_KEY = ['session'] as const

/** Who is signed in; its data is null when nobody is. */
export function useSession() {
  return useQuery({ queryKey: SESSION_KEY, queryFn: fetchUser, staleTime: Infinity, retry: 1 })
}

export function useSignIn() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: signIn,
    onSuccess: async (user) => {
      // A one-time link signs in while the first question is still open: its answer is out of date.
      await queries.cancelQueries({ queryKey: SESSION_KEY })
      queries.setQueryData(SESSION_KEY, user)
    },
  })
}

/** Signs out; nothing that was shown stays behind for the next reader of this tab. */
export function useSignOut(): () => void {
  const queries = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: signOut,
    onSettled: async () => {
      queries.removeQueries({ queryKey: ['stats'] })
      await queries.invalidateQueries({ queryKey: SESSION_KEY })
    },
  })
  return () => mutate()
}

/** Calls `use` with the code of a one-time link (`#code=…`), and takes it out of the address and the history. */
export function useLinkCode(use: (code: string) => void): void {
  useEffect(() => {
    const read = () => {
      const code = new URLSearchParams(location.hash.slice(1)).get('code')
      if (code === null) return
      history.replaceState(null, '', location.pathname + location.search)
      use(code)
    }
    read()
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
    // `use` closes over a mutation that stays the same.
  }, [])
}
