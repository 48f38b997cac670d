import { RequestError } from './problem.ts'
import type { Words } from './words.ts'

/** Says in the reader's language why a request failed; the server's own words where they tell more. */
export function tellError(error: unknown, { errors }: Words): string {
  if (!(error instanceof RequestError) || error.problem === null) return errors.unreachable
  return error.problem.status >= 500 ? errors.unexpected : error.problem.detail
}
