import type { Environment } from './environment.ts'
import type { Tokens } from './tokens.ts'

/** The hub answered, and said no. */
export class RequestError extends Error {
  /** HTTP status; 0 when the answer came over a WebSocket. */
  readonly status: number
  /** A stable word: `forbidden_channel`, `too_large`, …; empty when something else than the hub answered. */
  readonly code: string
  /** How long to wait before asking again; null when the hub did not say. */
  readonly retryAfterMs: number | null

  constructor(status: number, code: string, detail: string, retryAfterMs: number | null = null) {
    super(detail)
    this.name = 'RequestError'
    this.status = status
    this.code = code
    this.retryAfterMs = retryAfterMs
  }
}

interface RequestOptions {
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
}

/** Asks the hub something; rejects with a RequestError when it says no, and with fetch's own error when it is away. */
export type Request = <T>(method: string, path: string, options?: RequestOptions) => Promise<T>

/** Creates the way to ask; a token that was refused is asked for once more. */
export function createRequest(hub: string, tokens: Tokens, { fetch }: Pick<Environment, 'fetch'>): Request {
  return async <T>(method: string, path: string, { body, headers, signal }: RequestOptions = {}) => {
    const ask = async (token: string | null) =>
      fetch(new URL(path, hub), {
        method,
        headers: {
          ...(token !== null && { Authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      })
    let response = await ask(tokens.last === undefined ? await tokens.fresh() : tokens.last)
    if (response.status === 401 && tokens.renewable) response = await ask(await tokens.fresh())
    const answer = (await response.json().catch(() => ({}))) as T & { code?: string; detail?: string }
    if (response.ok) return answer
    const { code = '', detail = `HTTP ${response.status}` } = answer
    // Without the header, or with a date in it, there is no number.
    const retryAfterMs = Number(response.headers.get('retry-after')) * 1000 || null
    throw new RequestError(response.status, code, detail, retryAfterMs)
  }
}
