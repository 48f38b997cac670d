import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { RequestError } from './problem.ts'
import { SESSION_KEY } from './session.ts'

const MAX_RETRIES = 2

/** Holds what was asked of the server; an answer that nobody is signed in leads back to the sign-in page. */
export function createQueries(): QueryClient {
  const onError = (error: unknown) => {
    const isSessionOver = statusOf(error) === 401 && Boolean(queries.getQueryData(SESSION_KEY))
    if (isSessionOver && !isCredentialFault(error)) void queries.invalidateQueries({ queryKey: SESSION_KEY })
  }
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: { queries: { retry: mayRetry } },
  })
  return queries
}

/** What was refused once is refused again; what failed may work. */
function mayRetry(failures: number, error: unknown): boolean {
  const status = statusOf(error)
  return failures < MAX_RETRIES && (status === undefined || status >= 500)
}

function statusOf(error: unknown): number | undefined {
  return error instanceof RequestError ? error.problem?.status : undefined
}

/** Tells whether a password was wrong, which says nothing of the session. */
function isCredentialFault(error: unknown): boolean {
  return error instanceof RequestError && error.problem?.code === 'invalid_credentials'
}
