import type { Problem } from '../../../shared/errors.ts'

/** Why a request failed: the server's own problem, or null when no answer came that could be read. */
export class RequestError extends Error {
  readonly problem: Problem | null
  /** Seconds after which to try again; null when the server did not say. */
  readonly retryAfterSeconds: number | null

  constructor(problem: Problem | null, retryAfterSeconds: number | null = null) {
    super(problem?.detail ?? 'no answer')
    this.name = 'RequestError'
    this.problem = problem
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Reads the problem of a failed answer; a proxy's HTML page gives none. */
export async function toRequestError(response: Response): Promise<RequestError> {
  const retryAfter = Number(response.headers.get('retry-after') ?? NaN)
  const problem = await response.json().catch(() => null)
  return new RequestError(isProblem(problem) ? problem : null, Number.isFinite(retryAfter) ? retryAfter : null)
}

/** Tells whether the server found fault with the field at `path`. */
export function isFaultAt(error: unknown, path: string): boolean {
  return error instanceof RequestError && (error.problem?.errors?.some((fault) => fault.path === path) ?? false)
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'detail' in value
}
