import type { RequestHandler } from 'express'

const METHODS = 'GET, POST, PATCH, DELETE'
const HEADERS = 'Authorization, Content-Type, Idempotency-Key, Last-Event-ID'
const MAX_AGE_SECONDS = '600'

/** Lets browsers on the listed origins call the API (Fetch §3.2); all others are told nothing, so browsers keep them out. */
export function corsFor(origins: readonly string[]): RequestHandler {
  const allowed = new Set(origins)
  return (req, res, next) => {
    const { origin } = req.headers
    if (allowed.size > 0) res.vary('Origin')
    if (origin === undefined || !allowed.has(origin)) return next()
    res.setHeader('Access-Control-Allow-Origin', origin)
    res.setHeader('Access-Control-Expose-Headers', 'Retry-After')
    if (req.method !== 'OPTIONS') return next()
    res.setHeader('Access-Control-Allow-Methods', METHODS)
    res.setHeader('Access-Control-Allow-Headers', HEADERS)
    res.setHeader('Access-Control-Max-Age', MAX_AGE_SECONDS)
    res.status(204).end()
  }
}
