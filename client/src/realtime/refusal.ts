import type { Ending, StopReason } from './state.ts'

/** Statuses after which coming again would not help. */
const FINAL: Record<number, StopReason> = { 204: 'kicked', 401: 'unauthorized', 403: 'forbidden' }
/** Those of the 4xx that pass. */
const PASSING = [408, 425, 429]

/** Tells what the status of a refused stream means for the client. */
export function endingOf({ status, headers }: Pick<Response, 'status' | 'headers'>): Ending {
  // Seconds (RFC 9110 §10.2.3); without the header, or with a date in it, there is no number.
  const afterMs = Number(headers.get('retry-after')) * 1000
  const isWrong = status >= 400 && status < 500 && !PASSING.includes(status)
  const reason = FINAL[status] ?? (isWrong && !afterMs ? 'rejected' : null)
  if (reason) return { kind: 'final', reason }
  return { kind: 'lost', ...(afterMs && { afterMs }) }
}
