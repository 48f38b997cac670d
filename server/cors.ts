import type { IncomingMessage, ServerResponse } from 'node:http'

const METHODS = 'GET, POST, PATCH, DELETE'
const HEADERS = 'Authorization, Content-Type, Idempotency-Key, Last-Event-ID'
const EXPOSED = 'Retry-After, RateLimit, RateLimit-Policy'
const MAX_AGE_SECONDS = '600'

/** Marks an answer for browsers of other origins; true when it was a preflight and has been answered. */
export type Cors = (req: Pick<IncomingMessage, 'headers' | 'method'>, res: CorsAnswer) => boolean

/** The answer, as far as this writes to it. */
type CorsAnswer = Pick<ServerResponse, 'setHeader'> & Partial<Pick<ServerResponse, 'writeHead'>>

/** Lets browsers on the listed origins call the API (Fetch §3.3); all others are told nothing, so browsers keep them out. */
export function corsFor(origins: readonly string[]): Cors {
  const allowed = new Set(origins)
  return (req, res) => {
    if (allowed.size === 0) return false
    res.setHeader('Vary', 'Origin')
    const { origin } = req.headers
    if (origin === undefined || !(allowed.has(origin) || allowed.has('*'))) return false
    // No Access-Control-Allow-Credentials: other origins come by token, never by the dashboard's cookie.
    res.setHeader('Access-Control-Allow-Origin', allowed.has('*') ? '*' : origin)
    res.setHeader('Access-Control-Expose-Headers', EXPOSED)
    if (req.method !== 'OPTIONS' || !res.writeHead) return false
    res.setHeader('Access-Control-Allow-Methods', METHODS)
    res.setHeader('Access-Control-Allow-Headers', HEADERS)
    res.setHeader('Access-Control-Max-Age', MAX_AGE_SECONDS)
    res.writeHead(204).end()
    return true
  }
}
