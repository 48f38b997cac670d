import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { createLive, type Live } from './live.ts'
import { SESSION_KEY } from './session.ts'
import { useValue } from './value.ts'

/** Keeps the one stream of the whole dashboard open, whichever page is shown. */
export function useLiveStream(): Live {
  const [live] = useState(createLive)
  useEffect(() => live.open(), [live])
  useSessionEnd(useValue(live.state))
  return live
}

/** Asks again who is signed in when the stream says that the session is over, which leads back to the sign-in page. */
function useSessionEnd(state: Live['state']['current']) {
  const queries = useQueryClient()
  const over = state.status === 'stopped' && (state.reason === 'unauthorized' || state.reason === 'expired')
  useEffect(() => {
    if (over) void queries.invalidateQueries({ queryKey: SESSION_KEY })
  }, [over, queries])
}
