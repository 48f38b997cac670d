import type { Ending } from './state.ts'

/** Tells what the status of a refused stream means for the client. */
export function endingOf(response: Pick<Response, 'status' | 'headers'>): Ending {
  const { status } = response
  if (status === 204) return { kind: 'final', reason: 'kicked' }
  if (status === 401) return { kind: 'final', reason: 'unauthorized' }
  if (status === 403) return { kind: 'final', reason: 'forbidden' }
  const afterMs = retryAfterMs(response.headers.get('retry-after'))
  if (afterMs !== null) return { kind: 'lost', afterMs }
  const mayChange = status < 400 || status >= 500 || [408, 425, 429].includes(status)
  return mayChange ? { kind: 'lost' } : { kind: 'final', reason: 'rejected' }
}

/** Reads Retry-After in its seconds form (RFC 9110 §10.2.3); null when it is absent or a date. */
export function retryAfterMs(header: string | null): number | null {
  return header !== null && /^\d{1,5}$/.test(header) ? Number(header) * 1000 : null
}
